package hospes.zmachine.screen;

/// What a screen can do, for the flags in a story's header.
public enum ScreenFeature {
  /// Two windows (Flags 1, bit 5 until version 3).
  SPLIT,
  /// Colours (Flags 1, bit 0 from version 5).
  COLOURS,
  /// Bold text (Flags 1, bit 2 from version 4).
  BOLD,
  /// Italic text (Flags 1, bit 3 from version 4).
  ITALIC,
  /// Text whose characters are all equally wide is told apart from other text (Flags 1, bit 4
  /// from version 4).
  FIXED_PITCH,
  /// Input that a story's routine may interrupt (Flags 1, bit 7 from version 4).
  TIMED_INPUT
}
