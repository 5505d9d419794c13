package hospes.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a part of a processor, such as `50%`.
final class CpuLimit implements ITypeConverter<Double> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,3})%");

  @Override
  public Double convert(String text) {
    Matcher parts = FORM.matcher(text.strip());
    int percent = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
    if (percent < 1 || percent > 100) {
      throw new TypeConversionException(
          "'%s' is not a part of a processor such as 50%%".formatted(text));
    }
    return percent / 100.0;
  }
}
