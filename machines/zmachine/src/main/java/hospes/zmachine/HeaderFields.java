package hospes.zmachine;

import hospes.memory.AddressSpace;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.ScreenFeature;

/// What an interpreter tells a story about itself in the header. Z-Machine Standards 1.1, 11.1.
final class HeaderFields {
  /// A DECSystem-20: what interpreters on terminals say (11.1.3).
  private static final int INTERPRETER_NUMBER = 1;

  private static final int INTERPRETER_VERSION = 'H';
  private static final int STANDARD = 0x0101;

  private static final int NO_STATUS_LINE = 0x10;
  private static final int SPLITS = 0x20;
  private static final int VARIABLE_PITCH = 0x40;

  private static final int COLOURS = 0x01;
  private static final int BOLD = 0x04;
  private static final int ITALIC = 0x08;
  private static final int FIXED = 0x10;
  private static final int TIMED = 0x80;

  private static final int WANTS_PICTURES = 0x08;
  private static final int WANTS_MOUSE = 0x20;
  private static final int WANTS_COLOURS = 0x40;
  private static final int WANTS_SOUNDS = 0x80;

  private final ZProcessor core;
  private final Screen screen;

  HeaderFields(ZProcessor core, Screen screen) {
    this.core = core;
    this.screen = screen;
  }

  /// Writes all fields: when the story begins, and whenever memory was replaced.
  void write() {
    AddressSpace memory = core.memory;
    memory.storeByte(Header.FLAGS1, flags1(memory.loadByte(Header.FLAGS1)));
    memory.storeByte(Header.FLAGS2 + 1, flags2(memory.loadByte(Header.FLAGS2 + 1)));
    Words.store(memory, Header.STANDARD_REVISION, STANDARD);
    if (core.version >= 4) {
      memory.storeByte(Header.INTERPRETER_NUMBER, INTERPRETER_NUMBER);
      memory.storeByte(Header.INTERPRETER_VERSION, INTERPRETER_VERSION);
    }
    if (core.version >= 5) {
      memory.storeByte(Header.DEFAULT_BACKGROUND, 2);
      memory.storeByte(Header.DEFAULT_FOREGROUND, 9);
      writeExtension();
    }
    writeSize();
  }

  /// Writes how large the screen is.
  void writeSize() {
    AddressSpace memory = core.memory;
    if (core.version >= 4) {
      memory.storeByte(Header.SCREEN_LINES, screen.lines());
      memory.storeByte(Header.SCREEN_COLUMNS, screen.columns());
    }
    if (core.version >= 5) {
      Words.store(memory, Header.SCREEN_WIDTH_UNITS, screen.columns());
      Words.store(memory, Header.SCREEN_HEIGHT_UNITS, screen.lines());
      memory.storeByte(Header.FONT_WIDTH_UNITS, 1);
      memory.storeByte(Header.FONT_HEIGHT_UNITS, 1);
    }
  }

  private int flags1(int flags) {
    if (core.version <= 3) {
      int kept = flags & ~(NO_STATUS_LINE | SPLITS | VARIABLE_PITCH);
      return screen.has(ScreenFeature.SPLIT) ? kept | SPLITS : kept;
    }
    int kept = flags & ~(COLOURS | BOLD | ITALIC | FIXED | TIMED | 0x02 | 0x20);
    return kept
        | (core.version >= 5 ? bit(ScreenFeature.COLOURS, COLOURS) : 0)
        | bit(ScreenFeature.BOLD, BOLD)
        | bit(ScreenFeature.ITALIC, ITALIC)
        | bit(ScreenFeature.FIXED_PITCH, FIXED)
        | bit(ScreenFeature.TIMED_INPUT, TIMED);
  }

  private int bit(ScreenFeature feature, int bit) {
    return screen.has(feature) ? bit : 0;
  }

  /// The story says what it wants, and the interpreter takes away what there is not.
  private int flags2(int flags) {
    if (core.version < 5) {
      return flags;
    }
    int missing = WANTS_PICTURES | WANTS_MOUSE | WANTS_SOUNDS;
    return flags & ~(screen.has(ScreenFeature.COLOURS) ? missing : missing | WANTS_COLOURS);
  }

  private void writeExtension() {
    int extension = Words.load(core.memory, Header.EXTENSION);
    if (extension == 0 || extension + 2 > core.staticBase) {
      return;
    }
    int words = Words.load(core.memory, extension);
    writeExtension(extension, words, Header.EXTENSION_FLAGS3, 0);
    writeExtension(extension, words, Header.EXTENSION_FOREGROUND, 0x7fff);
    writeExtension(extension, words, Header.EXTENSION_BACKGROUND, 0);
  }

  private void writeExtension(int extension, int words, int word, int value) {
    if (word <= words && extension + 2 * word + 2 <= core.staticBase) {
      Words.store(core.memory, extension + 2 * word, value);
    }
  }
}
