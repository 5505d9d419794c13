package hospes.zmachine.text;

/// What becomes of a word's place in the parse buffer when no dictionary has the word.
public enum UnknownWords {
  /// It gets address 0.
  CLEAR,
  /// It stays as it is, so that a second dictionary adds to what a first one found.
  KEEP
}
