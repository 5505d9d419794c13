package hospes.zmachine.screen;

/// What stands on the topmost line until version 3. Z-Machine Standards 1.1, 8.2.
public sealed interface StatusLine {
  /// The name of the place where the player is, in Unicode.
  String place();

  /// A game that counts points and moves.
  record Score(String place, int score, int moves) implements StatusLine {}

  /// A game that tells the time.
  ///
  /// @param hours 0 to 23
  record Time(String place, int hours, int minutes) implements StatusLine {}
}
