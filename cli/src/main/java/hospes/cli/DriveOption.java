package hospes.cli;

import hospes.storage.DriveFormat;
import hospes.storage.DriveSpec;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A disk as the user names it: `FILE`, and perhaps `,readonly`, `,snapshot` and `,format=raw`.
final class DriveOption implements ITypeConverter<DriveSpec> {
  @Override
  public DriveSpec convert(String text) {
    return drive(text, text, true);
  }

  /// Takes words from the end; a comma in a file's name is none between words.
  private static DriveSpec drive(String rest, String text, boolean first) {
    int comma = rest.lastIndexOf(',');
    String word = rest.substring(comma + 1);
    boolean known = comma >= 0 && isWord(word);
    if (comma >= 0 && !known && first) {
      throw new TypeConversionException(
          "'%s' after the comma of '%s' means nothing; the words are readonly, snapshot, format=raw and format=qcow2"
              .formatted(word, text));
    }
    if (!known) {
      if (rest.isEmpty()) {
        throw new TypeConversionException("'%s' names no file".formatted(text));
      }
      return DriveSpec.of(Path.of(rest));
    }
    DriveSpec spec = with(drive(rest.substring(0, comma), text, false), word);
    if (spec.equals(spec.readOnly()) && spec.equals(spec.throwingWritesAway())) {
      throw new TypeConversionException(
          "'%s' says both readonly and snapshot; give one of them".formatted(text));
    }
    return spec;
  }

  private static boolean isWord(String word) {
    return switch (word) {
      case "readonly", "snapshot", "format=raw", "format=qcow2" -> true;
      default -> false;
    };
  }

  private static DriveSpec with(DriveSpec spec, String word) {
    return switch (word) {
      case "readonly" -> spec.readOnly();
      case "snapshot" -> spec.throwingWritesAway();
      case "format=raw" -> spec.withFormat(DriveFormat.RAW);
      default -> spec.withFormat(DriveFormat.QCOW2);
    };
  }
}
