package hospes.zmachine;

/// What an instruction asks of the machine: something that takes until the user answered, or
/// changes more than the processor. The processor executes nothing until it is done.
///
/// A `resultAt` is the address at which the instruction's branch (until version 3) or the number of
/// its result's variable stands: this is what Quetzal takes for the place at which a story goes on.
sealed interface Request {
  /// A line of text.
  ///
  /// @param text the buffer that takes it
  /// @param parse the buffer that takes its words, or 0
  /// @param timeout when the user is interrupted
  /// @param result the variable that takes the character which ended it
  record ReadLine(int text, int parse, Timeout timeout, int result) implements Request {}

  /// A single key.
  record ReadKey(Timeout timeout, int result) implements Request {}

  /// The story shall be saved in a file that the user names.
  record Save(int resultAt) implements Request {}

  /// A saved story shall go on.
  record Restore(int resultAt) implements Request {}

  /// A piece of memory shall be saved in a file.
  ///
  /// @param name the address of the name that the story suggests, or 0
  record SaveTable(int table, int bytes, int name, int resultAt) implements Request {}

  /// A piece of memory shall be read from a file.
  record RestoreTable(int table, int bytes, int name, int resultAt) implements Request {}

  /// The story's state shall be kept, so that it can be gone back to.
  record SaveUndo(int resultAt) implements Request {}

  /// The state that was kept last shall be gone back to.
  record RestoreUndo(int resultAt) implements Request {}

  /// The story shall begin anew.
  record Restart() implements Request {}

  /// The story ends.
  record Quit() implements Request {}

  /// How the user is interrupted.
  ///
  /// @param tenths of a second after which `routine` is called, again and again; 0 for never
  /// @param routine its packed address
  record Timeout(int tenths, int routine) {
    static final Timeout NEVER = new Timeout(0, 0);

    /// Whether there is any.
    boolean isSet() {
      return tenths != 0 && routine != 0;
    }
  }
}
