package hospes.cli;

import java.util.Locale;

/// Sizes for people.
final class Sizes {
  private Sizes() {}

  /// Bytes in the unit that keeps the number short.
  static String of(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    if (bytes < 1 << 20) {
      return "%d KiB".formatted(bytes >> 10);
    }
    if (bytes < 1 << 30) {
      return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}
