package hospes.host.guest;

/// Something that happened to a guest.
public sealed interface GuestEvent {
  /// It stands still.
  record Paused() implements GuestEvent {}

  /// It stands still because the host cannot go on with it now; [Guest#resume] tries again.
  ///
  /// @param reason for the user, in one sentence
  record Halted(String reason) implements GuestEvent {}

  /// It goes on.
  record Resumed() implements GuestEvent {}

  /// Its power button was pressed.
  record PowerButtonPressed() implements GuestEvent {}

  /// It was switched off and on by its host.
  record PowerCycled() implements GuestEvent {}

  /// Its recording ends early.
  ///
  /// @param why for the user, in one sentence
  record RecordingFailed(String why) implements GuestEvent {}

  /// It ended.
  record Ended(Outcome outcome) implements GuestEvent {}
}
