package hospes.zmachine;

/// Where a story's header has what. Z-Machine Standards 1.1, 11.1.
final class Header {
  static final int VERSION = 0x00;
  static final int FLAGS1 = 0x01;
  static final int RELEASE = 0x02;
  static final int INITIAL_PC = 0x06;
  static final int DICTIONARY = 0x08;
  static final int OBJECTS = 0x0a;
  static final int GLOBALS = 0x0c;
  static final int STATIC_BASE = 0x0e;
  static final int FLAGS2 = 0x10;
  static final int SERIAL = 0x12;
  static final int ABBREVIATIONS = 0x18;
  static final int LENGTH = 0x1a;
  static final int CHECKSUM = 0x1c;
  static final int INTERPRETER_NUMBER = 0x1e;
  static final int INTERPRETER_VERSION = 0x1f;
  static final int SCREEN_LINES = 0x20;
  static final int SCREEN_COLUMNS = 0x21;
  static final int SCREEN_WIDTH_UNITS = 0x22;
  static final int SCREEN_HEIGHT_UNITS = 0x24;
  static final int FONT_WIDTH_UNITS = 0x26;
  static final int FONT_HEIGHT_UNITS = 0x27;
  static final int ROUTINES_OFFSET = 0x28;
  static final int STRINGS_OFFSET = 0x2a;
  static final int DEFAULT_BACKGROUND = 0x2c;
  static final int DEFAULT_FOREGROUND = 0x2d;
  static final int TERMINATING_CHARACTERS = 0x2e;
  static final int STANDARD_REVISION = 0x32;
  static final int ALPHABET = 0x34;
  static final int EXTENSION = 0x36;

  /// Bytes in the header.
  static final int SIZE = 0x40;

  /// Words of the header's extension (11.1.7).
  static final int EXTENSION_MOUSE_X = 1;

  static final int EXTENSION_MOUSE_Y = 2;
  static final int EXTENSION_UNICODE = 3;
  static final int EXTENSION_FLAGS3 = 4;
  static final int EXTENSION_FOREGROUND = 5;
  static final int EXTENSION_BACKGROUND = 6;

  /// Bits of Flags 2 that survive a restart, a restore and an undo (6.1.3).
  static final int TRANSCRIPT = 1;

  static final int FIXED_PITCH = 2;

  private Header() {}
}
