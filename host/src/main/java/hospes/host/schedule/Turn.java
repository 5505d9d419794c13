package hospes.host.schedule;

/// What is to follow a guest's slice of time.
public sealed interface Turn {
  /// The guest has more to do.
  record Again() implements Turn {}

  /// The guest has nothing to do until it is woken.
  ///
  /// @param until host time in nanoseconds at which it is woken anyway; [Long#MAX_VALUE] for never
  record Sleep(long until) implements Turn {}

  /// The guest will never run again.
  record Over() implements Turn {}
}
