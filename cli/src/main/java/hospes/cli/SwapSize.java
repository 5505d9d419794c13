package hospes.cli;

import hospes.guests.ByteSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how much may be swapped out, such as `2G`, as bytes; `off` is nothing.
final class SwapSize implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    if (text.equalsIgnoreCase("off")) {
      return 0L;
    }
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("%s; or say off".formatted(e.getMessage()));
    }
  }
}
