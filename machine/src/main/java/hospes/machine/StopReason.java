package hospes.machine;

/// Why [Machine#run] came back.
public sealed interface StopReason {
  /// The whole budget was spent; there is more to do.
  record BudgetSpent() implements StopReason {}

  /// Every hart waits for an interrupt, which can come only from a delivery or from the guest's own
  /// clock.
  ///
  /// @param wakeAt guest time in nanoseconds at which the next timer fires; [Long#MAX_VALUE] where
  /// none is set
  record Idle(long wakeAt) implements StopReason {}

  /// The guest switched itself off.
  ///
  /// @param exitCode 0 for success, else the guest's own failure code
  record PoweredOff(int exitCode) implements StopReason {}

  /// The guest asked to be reset, and is back at its state of power-on.
  record Reset() implements StopReason {}

  /// The guest can never run on: nothing is left that could wake it.
  ///
  /// @param why for the user, in one sentence
  record Stuck(String why) implements StopReason {}

  /// The host cannot give the guest what its memory should hold.
  ///
  /// @param why for the user, in one sentence
  /// @param remedy what lets the guest run on
  record HostFault(String why, Remedy remedy) implements StopReason {}

  /// What lets a guest run on that a host's fault stopped.
  enum Remedy {
    /// Memory that is given back: the guest is between two instructions, and goes on as if nothing
    /// had been.
    MORE_MEMORY,
    /// Nothing: the guest was stopped within an instruction.
    NONE
  }
}
