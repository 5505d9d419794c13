package hospes.zmachine;

import hospes.zmachine.text.StoryBytes;

/// A story as its file has it, to be read.
record StoryImage(Story story) implements StoryBytes {
  @Override
  public int length() {
    return story.length();
  }

  @Override
  public int byteAt(int address) {
    return story.byteAt(address);
  }
}
