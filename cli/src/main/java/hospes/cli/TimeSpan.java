package hospes.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a span of time, such as `120s`, `500ms` or `2m`; a plain number counts seconds.
final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(MS|S|M|H|)");

  /// A span as the user would write it.
  static String text(Duration span) {
    return span.toMillisPart() == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
  }

  @Override
  public Duration convert(String text) {
    Matcher parts = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'%s' is not a time such as 120s, 2m or 500ms".formatted(text));
    }
    long number = Long.parseLong(parts.group(1));
    if (number == 0) {
      throw new TypeConversionException("a guest cannot run for no time at all");
    }
    return switch (parts.group(2)) {
      case "MS" -> Duration.ofMillis(number);
      case "M" -> Duration.ofMinutes(number);
      case "H" -> Duration.ofSeconds(Math.min(number, 1_000_000) * 3600);
      default -> Duration.ofSeconds(number);
    };
  }
}
