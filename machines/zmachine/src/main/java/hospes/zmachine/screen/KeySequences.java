package hospes.zmachine.screen;

import hospes.zmachine.screen.Keyboard.EditKey;
import hospes.zmachine.screen.Keyboard.Event;
import hospes.zmachine.text.Zscii;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sequences that terminals send for keys without a character, as xterm, its kin and the
/// Linux console have them.
final class KeySequences {
  private static final Pattern NUMBERED = Pattern.compile("\\[(\\d{1,2})(?:;\\d+)?~");
  private static final String KEYPAD = "pqrstuvwxy";

  private KeySequences() {}

  /// Reads what follows an escape; what is unknown is ignored.
  static void read(String sequence, Consumer<Event> events) {
    Matcher numbered = NUMBERED.matcher(sequence);
    if (numbered.matches()) {
      numbered(Integer.parseInt(numbered.group(1)), events);
    } else {
      named(sequence.charAt(0), sequence.charAt(sequence.length() - 1), events);
    }
  }

  private static void numbered(int number, Consumer<Event> events) {
    switch (number) {
      case 1, 7 -> events.accept(new Event.Edit(EditKey.HOME));
      case 4, 8 -> events.accept(new Event.Edit(EditKey.END));
      case 3 -> events.accept(new Event.Edit(EditKey.DELETE_NEXT));
      case 11, 12, 13, 14, 15 -> function(number - 11, events);
      case 17, 18, 19, 20, 21 -> function(number - 12, events);
      case 23, 24 -> function(number - 13, events);
      default -> {}
    }
  }

  private static void function(int index, Consumer<Event> events) {
    events.accept(new Event.Function(Zscii.F1 + index));
  }

  private static void named(char kind, char name, Consumer<Event> events) {
    int keypad = kind == 'O' ? KEYPAD.indexOf(name) : -1;
    if (keypad >= 0) {
      events.accept(new Event.Function(Zscii.KEYPAD_0 + keypad));
      return;
    }
    switch (name) {
      case 'A' -> events.accept(new Event.Function(Zscii.CURSOR_UP));
      case 'B' -> events.accept(new Event.Function(Zscii.CURSOR_DOWN));
      case 'C' -> events.accept(new Event.Function(Zscii.CURSOR_RIGHT));
      case 'D' -> events.accept(new Event.Function(Zscii.CURSOR_LEFT));
      case 'H' -> events.accept(new Event.Edit(EditKey.HOME));
      case 'F' -> events.accept(new Event.Edit(EditKey.END));
      case 'M' -> events.accept(new Event.Function(Zscii.NEW_LINE));
      case 'P', 'Q', 'R', 'S' -> function(name - 'P', events);
      default -> {}
    }
  }
}
