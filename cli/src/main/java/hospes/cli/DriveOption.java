package hospes.cli;

import hospes.host.DriveAccess;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A disk as the user names it: `FILE` or `FILE,readonly`.
record DriveOption(Path file, DriveAccess access) {
  /// Reads the option's value.
  static final class Converter implements ITypeConverter<DriveOption> {
    @Override
    public DriveOption convert(String text) {
      int comma = text.lastIndexOf(',');
      if (comma < 0) {
        return of(text, DriveAccess.READ_WRITE, text);
      }
      String word = text.substring(comma + 1);
      if (!word.equals("readonly")) {
        throw new TypeConversionException(
            "'%s' after the comma of '%s' means nothing; the only word is readonly"
                .formatted(word, text));
      }
      return of(text.substring(0, comma), DriveAccess.READ_ONLY, text);
    }

    private static DriveOption of(String file, DriveAccess access, String text) {
      if (file.isEmpty()) {
        throw new TypeConversionException("'%s' names no file".formatted(text));
      }
      return new DriveOption(Path.of(file), access);
    }
  }
}
