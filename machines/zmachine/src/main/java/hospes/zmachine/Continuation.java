package hospes.zmachine;

import hospes.formats.quetzal.QuetzalException;
import hospes.formats.quetzal.QuetzalReader;
import hospes.formats.quetzal.QuetzalWriter;
import hospes.formats.quetzal.SavedCall;
import hospes.formats.quetzal.SavedStory;
import hospes.formats.quetzal.StoryIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Saves what a story does, and has it go on from there: for files, and for undoing. Both are
/// Quetzal. Z-Machine Standards 1.1, 6.1.2 and 15 (save).
final class Continuation {
  private static final int MOST_PUSHED = 0xffff;

  private final ZProcessor core;
  private final StoryIdentity identity;
  private final Story story;

  Continuation(ZProcessor core, Story story) {
    this.core = core;
    this.identity = new StoryIdentity(story.release(), story.serial(), story.checksum());
    this.story = story;
  }

  /// Dynamic memory as the story file has it.
  private byte[] original() {
    return story.bytes(0, story.staticBase());
  }

  /// What the story does now; empty where that cannot be saved, because a routine interrupts the
  /// user, or a routine has more on the stack than fits the format.
  ///
  /// @param resultAt where the story goes on (see [Request])
  Optional<byte[]> save(int resultAt) {
    List<SavedCall> calls = new ArrayList<>();
    for (CallFrame frame : core.calls.frames()) {
      if (frame.result() == ZProcessor.INTERRUPT_RESULT || frame.stack().length > MOST_PUSHED) {
        return Optional.empty();
      }
      calls.add(
          new SavedCall(
              frame.returnAddress(),
              frame.result(),
              frame.arguments(),
              Arrays.stream(frame.locals()).boxed().toList(),
              Arrays.stream(frame.stack()).boxed().toList()));
    }
    return Optional.of(
        QuetzalWriter.write(
            new SavedStory(identity, resultAt, core.dynamicMemory(), calls), original()));
  }

  /// Has the story go on from what was saved: it is told that its save gave 2, or that it went
  /// well.
  ///
  /// @throws QuetzalException where that is not possible; then nothing has changed
  void restore(byte[] file) throws QuetzalException {
    SavedStory saved = QuetzalReader.read(file, identity, original());
    CallFrame[] frames = frames(saved);
    // The story is not to lose its transcript (6.1.2.2).
    int flags = core.memory.loadByte(Header.FLAGS2 + 1);
    core.setDynamicMemory(saved.memory());
    restoreFlags(flags);
    core.calls.enterAll(frames);
    StoreOrBranch.complete(core, saved.pc(), 2);
  }

  /// Gives dynamic memory the content that it has in the story file, and begins anew.
  void restart(int initialPc) {
    int flags = core.memory.loadByte(Header.FLAGS2 + 1);
    core.setDynamicMemory(original());
    restoreFlags(flags);
    core.calls.clear();
    core.pc = initialPc;
  }

  private void restoreFlags(int flags) {
    int kept = Header.TRANSCRIPT | Header.FIXED_PITCH;
    int restored = core.memory.loadByte(Header.FLAGS2 + 1);
    core.memory.storeByte(Header.FLAGS2 + 1, restored & ~kept | flags & kept);
  }

  private CallFrame[] frames(SavedStory saved) throws QuetzalException {
    // The bytes that tell how to go on follow, and an instruction behind them.
    if (saved.pc() < Header.SIZE || saved.pc() >= core.length - 2) {
      throw new QuetzalException("the saved story goes on outside the story");
    }
    long words = 0;
    CallFrame[] frames = new CallFrame[saved.calls().size()];
    for (int i = 0; i < frames.length; i++) {
      SavedCall call = saved.calls().get(i);
      words += call.stack().size() + CallStack.MOST_FOR_CALL;
      frames[i] =
          new CallFrame(
              0,
              call.returnAddress(),
              call.result(),
              call.arguments(),
              call.locals().stream().mapToInt(Integer::intValue).toArray(),
              call.stack().stream().mapToInt(Integer::intValue).toArray());
    }
    if (words > CallStack.MOST_WORDS || frames.length > CallStack.MOST_CALLS) {
      throw new QuetzalException("the saved story has more on its stack than there is room for");
    }
    return frames;
  }
}
