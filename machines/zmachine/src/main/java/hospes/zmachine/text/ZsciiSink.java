package hospes.zmachine.text;

/// Takes decoded text, character by character.
@FunctionalInterface
public interface ZsciiSink {
  /// Takes a character of ZSCII: 0 to 1023; 13 is a new line.
  void accept(int zscii);
}
