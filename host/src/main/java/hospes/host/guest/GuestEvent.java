package hospes.host.guest;

import hospes.host.memory.MemoryShortage;

/// Something that happened to a guest.
public sealed interface GuestEvent {
  /// It stands still.
  record Paused() implements GuestEvent {}

  /// It stands still because the host has no memory for it now; [Guest#resume] tries again.
  record Halted(MemoryShortage shortage) implements GuestEvent {
    /// For the user, in one sentence.
    public String reason() {
      return shortage.reason();
    }
  }

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
