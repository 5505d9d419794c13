package hospes.zmachine.text;

/// A story's memory, to be read.
public interface StoryBytes {
  /// Bytes in memory: addresses are below this.
  int length();

  /// The byte at an address from 0 to less than [#length].
  int byteAt(int address);

  /// The word, most significant byte first, at an address from 0 to less than [#length] - 1.
  default int wordAt(int address) {
    return byteAt(address) << 8 | byteAt(address + 1);
  }
}
