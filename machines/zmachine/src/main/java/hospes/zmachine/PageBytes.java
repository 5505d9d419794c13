package hospes.zmachine;

import hospes.engine.CodePage;
import hospes.zmachine.text.StoryBytes;

/// A story in the memory of the guest that a page of code is of, to be read.
///
/// @param page any page of that guest
/// @param length of the story
record PageBytes(CodePage page, int length) implements StoryBytes {
  @Override
  public int byteAt(int address) {
    return page.read(address - (int) page.physicalAddress());
  }
}
