package hospes.zmachine;

import hospes.memory.FrameTable;
import hospes.zmachine.text.StoryBytes;

/// A story in guest memory, to be read.
///
/// @param memory which holds the story from address 0
/// @param length of the story
record FrameBytes(FrameTable memory, int length) implements StoryBytes {
  @Override
  public int byteAt(int address) {
    return (int) memory.read(address, 1) & 0xff;
  }
}
