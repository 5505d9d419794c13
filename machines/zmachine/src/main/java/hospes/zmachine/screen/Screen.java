package hospes.zmachine.screen;

import hospes.machine.Stateful;

/// What a story prints to: a lower window that scrolls and an upper one that does not. Z-Machine
/// Standards 1.1, 8.
///
/// Arguments may be whatever a story gave; what makes no sense is ignored or brought into range.
/// Lines and columns count from 1 at the top left.
public interface Screen extends Stateful {
  /// The lower window's number.
  int LOWER = 0;

  /// The upper window's number.
  int UPPER = 1;

  /// Lines of the whole screen: at least 1, at most 255, which means that it is endless.
  int lines();

  /// Columns: at least 1, at most 255.
  int columns();

  /// Whether the screen can do something.
  boolean has(ScreenFeature feature);

  /// Prints a character of Unicode to the current window.
  void print(int codePoint);

  /// Ends the current line.
  void newLine();

  /// Makes the upper window so many lines high.
  ///
  /// @param erase what becomes of its content
  void splitWindow(int lines, SplitMode erase);

  /// Prints to [#LOWER] or [#UPPER] from now on. The upper window's cursor goes to its top left.
  void setWindow(int window);

  /// Clears a window; with -1 the whole screen, which also removes the upper window, and with -2
  /// the whole screen as it is.
  void eraseWindow(int window);

  /// Clears the current line from the cursor on.
  void eraseLine();

  /// Moves the upper window's cursor; ignored while the lower one is current.
  void setCursor(int line, int column);

  /// The line in which the current window's cursor is.
  int cursorLine();

  /// The column in which the current window's cursor is.
  int cursorColumn();

  /// Sets how text looks: 1 reverse, 2 bold, 4 italic, 8 of fixed pitch, added to what is set; 0
  /// takes all away.
  void setTextStyle(int style);

  /// Has all text look as of fixed pitch while bit 1 of Flags 2 is set (8.1).
  void setFixedPitch(PitchMode pitch);

  /// Sets colours: 2 black, 3 red, 4 green, 5 yellow, 6 blue, 7 magenta, 8 cyan, 9 white, 10 to
  /// 12 greys, 1 the usual one, 0 what it is now.
  void setColour(int foreground, int background);

  /// Sets colours as 15 bits of blue, green and red; -1 the usual one, -2 what it is now.
  void setTrueColour(int foreground, int background);

  /// Sets the font, and gives the one before; 0 where there is none of that number. Font 0 asks
  /// only.
  int setFont(int font);

  /// Whether lines of the lower window are broken between words: 0 no, else yes.
  void bufferMode(int flag);

  /// Shows the status line.
  void showStatus(StatusLine status);

  /// Beeps: high for 1, low for 2.
  void beep(int pitch);

  /// The story waits for a key from now on: everything that was printed is to be seen.
  void awaitKey();

  /// The story waits for a line from now on: everything that was printed is to be seen.
  ///
  /// @param shown how many of the last characters printed are the beginning of that line
  void awaitLine(int shown);

  /// The story waits on for what it waited for, after a routine interrupted the user.
  void awaitAgain();

  /// Shows the line so far, behind what was printed, where the screen shows what is typed.
  ///
  /// @param line code points
  /// @param cursor how many of them are left of the cursor
  void showLine(int[] line, int cursor);

  /// The user ended the line, or the story did: it is part of what was printed now.
  void endLine(int[] line, LineEnd end);

  /// The user pressed a key for the story.
  void endKey();

  /// Whether the screen shows [MORE] and takes no other key than one that turns the page.
  boolean isPaused();

  /// Shows more.
  void turnPage();

  /// The story ended: everything that was printed is to be seen, and the console is left tidy.
  void end();

  /// Whether keys arrive one by one, and not in lines that the user ended with the return key.
  boolean takesSingleKeys();

  /// Takes another size, as far as the screen has one.
  void resize(int lines, int columns);

  /// What a split makes of the upper window's content (8.6.1.1.2, 8.7.2).
  enum SplitMode {
    /// It is cleared: version 3.
    ERASE,
    /// It stays.
    KEEP
  }

  /// How a line of input ends.
  enum LineEnd {
    /// What is printed next is on the next line.
    NEW_LINE,
    /// What is printed next follows it.
    STAY
  }

  /// How wide characters are.
  enum PitchMode {
    /// As the style says.
    AS_STYLED,
    /// All equally wide.
    FIXED
  }
}
