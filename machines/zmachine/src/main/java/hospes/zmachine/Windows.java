package hospes.zmachine;

import hospes.engine.Count;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Faults;
import hospes.engine.Instruction;
import hospes.engine.Store;
import hospes.machine.TrapException;

/// The screen's windows, and how text looks in them. Z-Machine Standards 1.1, 8 and 15.
@Extension(value = "windows", place = Place.CALLED)
final class Windows {
  private Windows() {}

  /// Shows the status line.
  @Instruction("show_status : 0OP:188 v3")
  static void showStatus(ZProcessor core) {
    // A release of version 5 has this by mistake (15, show_status).
    if (core.version == 3) {
      core.output.showStatus();
    }
  }

  /// Makes the upper window so many lines high.
  @Instruction("split_window lines : VAR:234 v3")
  static void splitWindow(ZProcessor core, @Value int lines) {
    core.output.splitWindow(lines);
  }

  /// Prints to a window: 0 is the lower, 1 the upper.
  @Instruction("set_window window : VAR:235 v3")
  static void setWindow(ZProcessor core, @Value int window) {
    core.output.setWindow(window);
  }

  /// Clears a window; -1 and -2 the whole screen.
  @Instruction("erase_window window : VAR:237 v4")
  static void eraseWindow(ZProcessor core, @Value int window) {
    core.output.eraseWindow((short) window);
  }

  /// Clears the line from the cursor on, where the value is 1.
  @Instruction("erase_line value : VAR:238 v4")
  static void eraseLine(ZProcessor core, @Value int value) {
    if (value == 1) {
      core.output.eraseLine();
    }
  }

  /// Moves the cursor of the upper window.
  @Instruction("set_cursor line, column : VAR:239 v4")
  static void setCursor(ZProcessor core, @Value int line, @Value int column) {
    core.output.setCursor((short) line, (short) column);
  }

  /// Writes where the cursor is: line and column.
  @Instruction("get_cursor array : VAR:240 v4")
  @Store
  static void getCursor(ZProcessor core, @Value int array) {
    core.storeWord(array, core.output.cursorLine());
    core.storeWord(array + 2, core.output.cursorColumn());
  }

  /// Sets how text looks: 1 reverse, 2 bold, 4 italic, 8 of fixed pitch; 0 as usual.
  @Instruction("set_text_style style : VAR:241 v4")
  static void setTextStyle(ZProcessor core, @Value int style) {
    core.output.setTextStyle(style);
  }

  /// Whether lines of the lower window are broken between words.
  @Instruction("buffer_mode flag : VAR:242 v4")
  static void bufferMode(ZProcessor core, @Value int flag) {
    core.output.bufferMode(flag);
  }

  /// Sets the colours of text.
  @Instruction("set_colour foreground, background : 2OP:27 v5")
  static void setColour(ZProcessor core, @Value int foreground, @Value int background) {
    core.output.setColour((short) foreground, (short) background);
  }

  /// Sets the colours of text as 15 bits of blue, green and red.
  @Instruction("set_true_colour foreground, background : EXT:13 v5")
  static void setTrueColour(ZProcessor core, @Value int foreground, @Value int background) {
    core.output.setTrueColour((short) foreground, (short) background);
  }

  /// Sets the font, and gives the one before; 0 where there is none of that number. Font 0 asks
  /// only.
  @Instruction("set_font font -> rd : EXT:4 v5")
  static int setFont(ZProcessor core, @Value int font) {
    return core.output.setFont(font);
  }

  /// Beeps, high for 1 and low for 2. Other sounds there are not.
  @Instruction("sound_effect number, effect, volume, routine : VAR:245 v3")
  static void soundEffect(
      ZProcessor core,
      @Value int number,
      @Value int effect,
      @Value int volume,
      @Value int routine,
      @Count int count) {
    if (count == 0 || number == 1 || number == 2) {
      core.output.beep(count == 0 ? 1 : number);
    }
  }

  /// Selects an output stream, or deselects it where its number is negative. Stream 3 takes a
  /// table.
  @Instruction("output_stream number, table : VAR:243 v3")
  @Store
  @Faults
  static void outputStream(ZProcessor core, @Value int number, @Value int table) {
    int stream = (short) number;
    if (stream < -4 || stream > 4) {
      throw new TrapException(new ZTrap.IllegalStream(stream));
    }
    core.output.select(stream, table);
  }

  /// Selects where input comes from: 0 the keyboard, 1 a file of commands.
  @Instruction("input_stream number : VAR:244 v3")
  @Store
  @Faults
  static void inputStream(ZProcessor core, @Value int number) {
    if (number > 1) {
      throw new TrapException(new ZTrap.IllegalStream(number));
    }
    core.output.selectInput(number);
  }
}
