package hospes.zmachine;

import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Serializing;
import hospes.engine.Store;
import hospes.zmachine.Request.Timeout;
import hospes.zmachine.text.UnknownWords;

/// Input, and what is made of it. Z-Machine Standards 1.1, 10, 13 and 15.
@Extension(value = "input", place = Place.CALLED)
final class Input {
  private Input() {}

  private static final int NO_RESULT = CallStack.NO_RESULT;

  /// Reads a line, and finds the words in it.
  @Instruction("sread buffer, parse : VAR:228 v1-3")
  @Serializing
  static void sreadUntil3(ZProcessor core, @Value int buffer, @Value int parse) {
    core.request = new Request.ReadLine(buffer, parse, Timeout.NEVER, NO_RESULT);
  }

  /// Reads a line, and finds the words in it; calls a routine every so many tenths of a second.
  @Instruction("sread buffer, parse, time, routine : VAR:228 v4-4")
  @Serializing
  static void sread(
      ZProcessor core, @Value int buffer, @Value int parse, @Value int time, @Value int routine) {
    core.request = new Request.ReadLine(buffer, parse, new Timeout(time, routine), NO_RESULT);
  }

  /// Reads a line, finds the words in it where there is a buffer for them, and gives the character
  /// that ended it; calls a routine every so many tenths of a second.
  @Instruction("aread buffer, parse, time, routine -> rd : VAR:228 v5")
  @Serializing
  static void aread(
      ZProcessor core,
      @Value int buffer,
      @Value int parse,
      @Value int time,
      @Value int routine,
      @Index int rd) {
    core.request = new Request.ReadLine(buffer, parse, new Timeout(time, routine), rd);
  }

  /// Reads a key; calls a routine every so many tenths of a second.
  @Instruction("read_char device, time, routine -> rd : VAR:246 v4")
  @Serializing
  static void readChar(
      ZProcessor core, @Value int device, @Value int time, @Value int routine, @Index int rd) {
    core.request = new Request.ReadKey(new Timeout(time, routine), rd);
  }

  /// Finds the words of a text in a dictionary, or in the story's where it is 0; with a flag, what
  /// is known of words that are not in it stays.
  @Instruction("tokenise buffer, parse, dictionary, flag : VAR:251 v5")
  @Store
  static void tokenise(
      ZProcessor core,
      @Value int buffer,
      @Value int parse,
      @Value int dictionary,
      @Value int flag) {
    core.words.tokenise(
        buffer, parse, dictionary, flag == 0 ? UnknownWords.CLEAR : UnknownWords.KEEP);
  }

  /// Encodes a word as dictionaries have it.
  @Instruction("encode_text buffer, length, from, coded : VAR:252 v5")
  @Store
  static void encodeText(
      ZProcessor core, @Value int buffer, @Value int length, @Value int from, @Value int coded) {
    core.words.encode(buffer + from & 0xffff, length, coded);
  }
}
