package hospes.zmachine;

import hospes.machine.TrapException;
import hospes.zmachine.text.TextException;
import hospes.zmachine.text.Tokeniser;
import hospes.zmachine.text.UnknownWords;
import hospes.zmachine.text.Zscii;

/// The buffers in memory into which lines are read, and what is found in them. Z-Machine Standards
/// 1.1, 15 (read).
final class TextBuffers {
  private static final int ANY_FUNCTION_KEY = 255;

  private final ZProcessor core;
  private final Tokeniser tokeniser;
  private final Zscii zscii;

  TextBuffers(ZProcessor core, Tokeniser tokeniser, Zscii zscii) {
    this.core = core;
    this.tokeniser = tokeniser;
    this.zscii = zscii;
  }

  /// How many characters a buffer takes. Until version 4 its first byte counts one more, for the
  /// zero at the end.
  int room(int text) {
    int room = core.loadByte(text);
    return core.version <= 4 ? Math.max(0, room - 1) : room;
  }

  /// What stands in a buffer already, as if the user had typed it: from version 5 on.
  int[] typedBefore(int text) {
    if (core.version <= 4) {
      return new int[0];
    }
    int[] typed = new int[Math.min(core.loadByte(text + 1), room(text))];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = core.loadByte(text + 2 + i);
    }
    return typed;
  }

  /// Writes a line to a buffer, in small letters.
  void storeLine(int text, int[] line) {
    int length = Math.min(line.length, room(text));
    int at = text + (core.version <= 4 ? 1 : 2);
    for (int i = 0; i < length; i++) {
      core.storeByte(at + i, zscii.toLowerCase(line[i]));
    }
    if (core.version <= 4) {
      core.storeByte(at + length, 0);
    } else {
      core.storeByte(text + 1, length);
    }
  }

  /// Which characters end a line beside Enter: true at their index. 255 in the story's list means
  /// all function keys.
  boolean[] terminators() {
    boolean[] terminators = new boolean[256];
    int at = core.version < 5 ? 0 : Words.load(core.memory, Header.TERMINATING_CHARACTERS);
    if (at == 0) {
      return terminators;
    }
    for (int character = core.loadByte(at); character != 0; character = core.loadByte(++at)) {
      if (character == ANY_FUNCTION_KEY) {
        for (int key = 129; key < 255; key++) {
          terminators[key] |= isFunctionKey(key);
        }
      } else if (isFunctionKey(character)) {
        terminators[character] = true;
      }
    }
    return terminators;
  }

  private static boolean isFunctionKey(int character) {
    return character >= 129 && character <= 154 || character >= 252 && character <= 254;
  }

  /// Finds the words of a text.
  void tokenise(int text, int parse, int dictionary, UnknownWords unknown) {
    try {
      tokeniser.tokenise(text, parse, dictionary, unknown);
    } catch (TextException bad) {
      throw new TrapException(new ZTrap.IllegalText(bad.address()));
    }
  }

  /// Encodes a word.
  void encode(int text, int length, int coded) {
    try {
      tokeniser.encode(text, length, coded);
    } catch (TextException bad) {
      throw new TrapException(new ZTrap.IllegalText(bad.address()));
    }
  }
}
