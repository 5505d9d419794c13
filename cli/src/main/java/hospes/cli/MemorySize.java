package hospes.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a size of memory, such as `512M` or `1G`, as bytes.
final class MemorySize implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})([KMGT]?)(?:I?B)?");
  private static final int FRAME = 4096;

  @Override
  public Long convert(String text) {
    Matcher parts = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException("'%s' is not a size such as 512M or 1G".formatted(text));
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
      throw new TypeConversionException("'%s' is too large".formatted(text));
    }
    long bytes = number << shift;
    if (bytes == 0 || bytes % FRAME != 0) {
      throw new TypeConversionException(
          "'%s' is not a multiple of 4K above zero; a plain number counts bytes".formatted(text));
    }
    return bytes;
  }
}
