package hospes.zmachine;

import hospes.formats.quetzal.QuetzalException;
import java.util.Optional;

/// Saves what the story does, has it go on from there, and ends the instructions that asked for
/// that.
final class SavedStates {
  /// What an instruction gives that failed.
  static final int FAILED = 0;

  /// What an instruction gives that went well.
  static final int DONE = 1;

  private final ZProcessor core;
  private final Story story;
  private final OutputStreams output;
  private final HeaderFields header;
  private final Interruptions interruptions;
  private final Continuation continuation;

  SavedStates(
      ZProcessor core,
      Story story,
      OutputStreams output,
      HeaderFields header,
      Interruptions interruptions) {
    this.core = core;
    this.story = story;
    this.output = output;
    this.header = header;
    this.interruptions = interruptions;
    continuation = new Continuation(core, story);
  }

  /// What the story does now; empty where that cannot be saved.
  Optional<byte[]> save(int resultAt) {
    return continuation.save(resultAt);
  }

  /// Has the story go on from a state; false where that is not possible.
  boolean goBack(byte[] state) {
    try {
      continuation.restore(state);
    } catch (QuetzalException unusable) {
      output.say(unusable.getMessage() + "\n");
      return false;
    }
    core.request = null;
    interruptions.clear();
    header.write();
    if (core.version == 3) {
      output.splitWindow(0);
    }
    return true;
  }

  /// Brings dynamic memory and calls back to what they are when the story begins.
  void restart() {
    continuation.restart(story.initialPc());
    core.request = null;
  }

  /// Ends the instruction that waits.
  void tell(int resultAt, int value) {
    core.request = null;
    StoreOrBranch.complete(core, resultAt, value);
  }

  /// Ends the instruction that waits for a file.
  void tellOfFile(int value) {
    switch (core.request) {
      case Request.Save(int resultAt) -> tell(resultAt, value);
      case Request.Restore(int resultAt) -> tell(resultAt, value);
      case Request.SaveTable(int _, int _, int _, int resultAt) -> tell(resultAt, value);
      case Request.RestoreTable(int _, int _, int _, int resultAt) -> tell(resultAt, value);
      case null, default -> throw new IllegalStateException("nobody asked for a file");
    }
  }
}
