package hospes.zmachine.text;

/// A story's memory, to be read and written.
public interface StoryMemory extends StoryBytes {
  /// Writes a byte. Where the story may not write, fails as the machine's other stores do.
  void setByte(int address, int value);

  /// Writes a word, most significant byte first.
  default void setWord(int address, int value) {
    setByte(address, value >>> 8 & 0xff);
    setByte(address + 1, value & 0xff);
  }
}
