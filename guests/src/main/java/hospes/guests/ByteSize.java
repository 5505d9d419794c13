package hospes.guests;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes of memory as people write them, such as `512M` or `1G`: in binary units.
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})([KMGT]?)(?:I?B)?");
  private static final int FRAME = 4096;

  private ByteSize() {}

  /// Bytes of a size.
  ///
  /// @throws IllegalArgumentException where it is none, or no multiple of 4 KiB above zero
  public static long parse(String text) {
    Matcher parts = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("'%s' is not a size such as 512M or 1G".formatted(text));
    }
    int shift =
        switch (parts.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          case "T" -> 40;
          default -> 0;
        };
    long number = Long.parseLong(parts.group(1));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("'%s' is too large".formatted(text));
    }
    long bytes = number << shift;
    if (bytes == 0 || bytes % FRAME != 0) {
      throw new IllegalArgumentException(
          "'%s' is not a multiple of 4K above zero; a plain number counts bytes".formatted(text));
    }
    return bytes;
  }
}
