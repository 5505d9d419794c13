package hospes.zmachine.screen;

/// The text of a status line: the place on the left, points or the time on the right. Z-Machine
/// Standards 1.1, 8.2.
final class StatusText {
  /// Below so many columns, words are shortened.
  private static final int NARROW = 55;

  private StatusText() {}

  /// Exactly as many characters as there are columns.
  static String of(StatusLine status, int columns) {
    boolean narrow = columns < NARROW;
    StringBuilder text = new StringBuilder(" ").append(status.place());
    switch (status) {
      case StatusLine.Score(String _, int score, int moves) -> {
        padTo(text, columns - (narrow ? 15 : 30));
        text.append(narrow ? "S: " : "Score: ").append(score);
        padTo(text, columns - (narrow ? 8 : 14));
        text.append(narrow ? "M: " : "Moves: ").append(moves);
      }
      case StatusLine.Time(String _, int hours, int minutes) -> {
        padTo(text, columns - (narrow ? 15 : 20));
        text.append(
            "Time: %2d:%02d %s"
                .formatted((hours + 11) % 12 + 1, minutes, hours < 12 ? "am" : "pm"));
      }
    }
    padTo(text, columns);
    int end = text.offsetByCodePoints(0, Math.min(columns, text.codePointCount(0, text.length())));
    return text.substring(0, end);
  }

  private static void padTo(StringBuilder text, int length) {
    while (text.codePointCount(0, text.length()) < length) {
      text.append(' ');
    }
  }
}
