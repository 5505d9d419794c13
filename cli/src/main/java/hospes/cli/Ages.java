package hospes.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Spans of time for people who look at a list.
final class Ages {
  private Ages() {}

  /// How long ago a moment was, in its largest unit.
  ///
  /// @param moment as ISO 8601 writes it; what is not is `-`
  static String since(String moment) {
    try {
      return of(Duration.between(Instant.parse(moment), Instant.now()));
    } catch (DateTimeParseException unknown) {
      return "-";
    }
  }

  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 120 * 60) {
      return seconds / 60 + "m";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / (24 * 3600) + "d";
  }
}
