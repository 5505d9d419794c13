package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.machine.TrapException;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.Screen.PitchMode;
import hospes.zmachine.screen.Screen.SplitMode;
import hospes.zmachine.screen.StatusLine;
import hospes.zmachine.text.TextDecoder;
import hospes.zmachine.text.TextException;
import hospes.zmachine.text.Zscii;

/// Where text goes: the screen, a transcript, tables in memory, a record of commands. Z-Machine
/// Standards 1.1, 7.
final class OutputStreams implements Stateful {
  private static final int NULL = 0;
  private static final int NEW_LINE = 13;
  private static final int LAST_CHARACTER = 255;
  private static final int SCREEN = 1;
  private static final int TRANSCRIPT = 2;
  private static final int TABLE = 3;
  private static final int COMMANDS = 4;

  /// What stands in a table for a character that ZSCII has not.
  private static final int UNKNOWN = '?';

  private final ZProcessor core;
  private final Screen screen;
  private final TextDecoder decoder;
  private final Zscii zscii;
  private final MemoryStream table;

  /// What is printed to the lower window, for who reads it later.
  final TextFile transcript = new TextFile("transcript");

  /// What the user typed, to be typed by a machine.
  final TextFile commands = new TextFile("commands");

  private boolean isOnScreen = true;
  private boolean wantsCommands;
  private int window = Screen.LOWER;
  private int inputStream;
  private boolean isFixedPitch;

  OutputStreams(ZProcessor core, Screen screen, TextDecoder decoder, Zscii zscii) {
    this.core = core;
    this.screen = screen;
    this.decoder = decoder;
    this.zscii = zscii;
    table = new MemoryStream(core);
  }

  /// The text goes to the screen only, and nothing is left of what was selected: a story begins.
  void begin() {
    table.clear();
    isOnScreen = true;
    wantsCommands = false;
    inputStream = 0;
    window = Screen.LOWER;
    screen.setTextStyle(0);
    screen.setWindow(Screen.LOWER);
    screen.eraseWindow(-1);
  }

  /// Prints a text in memory; returns the address behind it.
  int text(int address) {
    try {
      look();
      return decoder.decode(address, this::put);
    } catch (TextException bad) {
      throw new TrapException(new ZTrap.IllegalText(bad.address()));
    }
  }

  /// Prints a character of ZSCII.
  void print(int character) {
    look();
    put(character);
  }

  /// Null has no effect in any stream (3.8.2.1), and neither have codes of more than a byte, which
  /// are not defined and of which a table could hold a part only.
  private void put(int character) {
    if (character == NULL || character > LAST_CHARACTER) {
      return;
    }
    if (table.isSelected()) {
      table.print(character);
    } else if (character == NEW_LINE) {
      putNewLine();
    } else {
      int codePoint = zscii.toUnicode(character);
      if (codePoint != 0) {
        show(codePoint);
      }
    }
  }

  void newLine() {
    look();
    put(NEW_LINE);
  }

  /// Prints a character of Unicode. In a table it is its ZSCII, or a question mark; null is nothing
  /// there either.
  void printUnicode(int codePoint) {
    look();
    if (codePoint == NULL) {
      return;
    }
    if (table.isSelected()) {
      int character = zscii.fromUnicode(codePoint);
      table.print(character == 0 ? UNKNOWN : character);
    } else if (Zscii.isPrintable(codePoint)) {
      show(codePoint);
    }
  }

  /// 1 for what can be printed, and 2 for what can be typed as well, in sum.
  int checkUnicode(int codePoint) {
    return !Zscii.isPrintable(codePoint) ? 0 : zscii.fromUnicode(codePoint) == 0 ? 1 : 3;
  }

  private void show(int codePoint) {
    if (isOnScreen) {
      screen.print(codePoint);
    }
    if (isTranscribed()) {
      transcript.print(codePoint);
    }
  }

  private void putNewLine() {
    if (isOnScreen) {
      screen.newLine();
    }
    if (isTranscribed()) {
      transcript.print('\n');
    }
  }

  /// Whether text goes to the transcript, as that of the lower window does (7.2).
  private boolean isTranscribed() {
    return window == Screen.LOWER && transcribes();
  }

  private boolean transcribes() {
    return (core.memory.loadByte(Header.FLAGS2 + 1) & Header.TRANSCRIPT) != 0;
  }

  /// Looks what the story wrote to Flags 2 since the last time.
  private void look() {
    int flags = core.memory.loadByte(Header.FLAGS2 + 1);
    boolean fixed = (flags & Header.FIXED_PITCH) != 0;
    if (fixed != isFixedPitch) {
      isFixedPitch = fixed;
      screen.setFixedPitch(fixed ? PitchMode.FIXED : PitchMode.AS_STYLED);
    }
    if ((flags & Header.TRANSCRIPT) != 0 && transcript.isClosed()) {
      // The machine asks for a name before it goes on.
      core.yieldTurn();
    }
  }

  /// A file whose name the user must be asked for before the story goes on.
  boolean wantsTranscript() {
    return transcribes() && transcript.isClosed();
  }

  /// Whether a file is wanted for the commands that the user types.
  boolean wantsCommands() {
    return wantsCommands && commands.isClosed();
  }

  /// There is no transcript, for the user has named no file.
  void refuseTranscript() {
    int flags = core.memory.loadByte(Header.FLAGS2 + 1);
    core.memory.storeByte(Header.FLAGS2 + 1, flags & ~Header.TRANSCRIPT);
  }

  /// There is no record of commands, for the user has named no file.
  void refuseCommands() {
    wantsCommands = false;
  }

  /// Which stream input shall come from.
  int inputStream() {
    return inputStream;
  }

  void selectInput(int number) {
    inputStream = number;
    core.yieldTurn();
  }

  /// Selects a stream, or deselects it where its number is negative.
  void select(int stream, int address) {
    switch (Math.abs(stream)) {
      case SCREEN -> isOnScreen = stream > 0;
      case TRANSCRIPT -> {
        int flags = core.memory.loadByte(Header.FLAGS2 + 1) & ~Header.TRANSCRIPT;
        core.memory.storeByte(Header.FLAGS2 + 1, stream > 0 ? flags | Header.TRANSCRIPT : flags);
        look();
      }
      case TABLE -> {
        if (stream > 0) {
          table.select(address);
        } else {
          table.deselect();
        }
      }
      case COMMANDS -> {
        wantsCommands = stream > 0;
        core.yieldTurn();
      }
      default -> {
        // Stream 0 is none.
      }
    }
  }

  /// Whether what the user types is recorded.
  boolean recordsCommands() {
    return wantsCommands && !commands.isClosed();
  }

  /// Prints a rectangle of ZSCII from the cursor on, each line below the other.
  void rectangle(int address, int width, int height, int skip) {
    look();
    int line = screen.cursorLine();
    int column = screen.cursorColumn();
    int at = address;
    for (int y = 0; y < height; y++) {
      if (y > 0) {
        if (window == Screen.UPPER && !table.isSelected()) {
          screen.setCursor(line + y, column);
        } else {
          put(NEW_LINE);
        }
      }
      for (int x = 0; x < width; x++) {
        put(core.loadByte(at));
        at = at + 1 & 0xffff;
      }
      at = at + skip & 0xffff;
    }
  }

  /// Shows where the player is, and the score or the time (8.2).
  void showStatus() {
    int place = core.value(ZProcessor.VARIABLE | 16);
    int first = core.value(ZProcessor.VARIABLE | 17);
    int second = core.value(ZProcessor.VARIABLE | 18);
    String name = place == 0 ? "" : nameOf(place);
    boolean isTime = core.version == 3 && (core.memory.loadByte(Header.FLAGS1) & 2) != 0;
    screen.showStatus(
        isTime
            ? new StatusLine.Time(name, first % 24, second % 60)
            : new StatusLine.Score(name, (short) first, second));
  }

  private String nameOf(int object) {
    StringBuilder name = new StringBuilder();
    int properties = ObjectTree.propertyTable(core, object);
    if (core.loadByte(properties) != 0) {
      try {
        decoder.decode(properties + 1, character -> show(character, name));
      } catch (TextException bad) {
        throw new TrapException(new ZTrap.IllegalText(bad.address()));
      }
    }
    return name.toString();
  }

  private void show(int character, StringBuilder line) {
    int codePoint = zscii.toUnicode(character);
    if (codePoint != NULL) {
      line.appendCodePoint(codePoint == '\n' ? ' ' : codePoint);
    }
  }

  /// Something that the machine itself says to the user.
  void say(String text) {
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint == '\n') {
                screen.newLine();
              } else {
                screen.print(codePoint);
              }
            });
  }

  /// Characters of ZSCII that were typed, as text; keys that are none are left out.
  String textOf(int... characters) {
    StringBuilder text = new StringBuilder();
    for (int character : characters) {
      int codePoint = zscii.toUnicode(character);
      if (codePoint >= ' ') {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }

  /// Notes a line that the user typed.
  void typed(TypedLine line) {
    for (int character : line.characters()) {
      note(zscii.toUnicode(character));
    }
    note('\n');
  }

  /// Notes a key that the user pressed; one that stands for no character leaves nothing.
  void typedKey(int character) {
    int codePoint = zscii.toUnicode(character);
    if (recordsCommands() && codePoint != NULL) {
      commands.print(codePoint);
    }
  }

  private void note(int codePoint) {
    if (codePoint == NULL) {
      return;
    }
    if (recordsCommands()) {
      commands.print(codePoint);
    }
    if (isTranscribed()) {
      transcript.print(codePoint);
    }
  }

  /// Whether text should be written before the story goes on.
  boolean isFull() {
    return transcript.isFull() || commands.isFull();
  }

  /// Whether text waits for a file that it could be written to.
  boolean hasUnwritten() {
    return transcript.hasUnwritten() || commands.hasUnwritten();
  }

  void splitWindow(int lines) {
    screen.splitWindow(lines, core.version == 3 ? SplitMode.ERASE : SplitMode.KEEP);
  }

  void setWindow(int number) {
    if (number == Screen.LOWER || number == Screen.UPPER) {
      window = number;
      screen.setWindow(number);
    }
  }

  void eraseWindow(int number) {
    if (number == -1) {
      window = Screen.LOWER;
    }
    screen.eraseWindow(number);
  }

  void eraseLine() {
    screen.eraseLine();
  }

  void setCursor(int line, int column) {
    screen.setCursor(line, column);
  }

  int cursorLine() {
    return screen.cursorLine();
  }

  int cursorColumn() {
    return screen.cursorColumn();
  }

  void setTextStyle(int style) {
    screen.setTextStyle(style);
  }

  void setColour(int foreground, int background) {
    screen.setColour(foreground, background);
  }

  void setTrueColour(int foreground, int background) {
    screen.setTrueColour(foreground, background);
  }

  int setFont(int font) {
    return screen.setFont(font);
  }

  void bufferMode(int flag) {
    screen.bufferMode(flag);
  }

  void beep(int pitch) {
    screen.beep(pitch);
  }

  @Override
  public String recordName() {
    return "streams";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putBoolean(isOnScreen);
    out.putBoolean(wantsCommands);
    out.putBoolean(isFixedPitch);
    out.putInt(window);
    out.putInt(inputStream);
    table.save(out);
    transcript.save(out);
    commands.save(out);
  }

  @Override
  public void restore(RecordReader in) {
    isOnScreen = in.getBoolean();
    wantsCommands = in.getBoolean();
    isFixedPitch = in.getBoolean();
    window = in.getCount(1);
    inputStream = in.getCount(1);
    table.restore(in);
    transcript.restore(in);
    commands.restore(in);
  }
}
