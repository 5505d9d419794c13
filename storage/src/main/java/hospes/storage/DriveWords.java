package hospes.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a drive is wanted, in words: `readonly`, `snapshot` (writes are thrown away), `format=raw`
/// and `format=qcow2`.
public final class DriveWords {
  private static final String READ_ONLY = "readonly";
  private static final String THROWN_AWAY = "snapshot";
  private static final String FORMAT = "format=";

  private DriveWords() {}

  /// Whether a word says something of a drive.
  public static boolean isWord(String word) {
    return word.equals(READ_ONLY)
        || word.equals(THROWN_AWAY)
        || word.startsWith(FORMAT)
            && DriveFormat.named(word.substring(FORMAT.length())).isPresent();
  }

  /// Makes sure that words go together.
  ///
  /// @throws IllegalArgumentException where one means nothing, or two do not go together
  public static void check(Path file, List<String> words) {
    DriveSpec unused = spec(file, words);
  }

  /// The drive in a file that some words describe.
  ///
  /// @throws IllegalArgumentException where a word means nothing, or two do not go together
  public static DriveSpec spec(Path file, List<String> words) {
    DriveSpec spec = DriveSpec.of(file);
    for (String word : words) {
      spec = with(spec, word);
    }
    if (words.contains(READ_ONLY) && words.contains(THROWN_AWAY)) {
      throw new IllegalArgumentException(
          "%s is wanted as both readonly and snapshot; it can be one of them".formatted(file));
    }
    return spec;
  }

  private static DriveSpec with(DriveSpec spec, String word) {
    if (!isWord(word)) {
      throw new IllegalArgumentException(
          "'%s' means nothing of a drive; the words are readonly, snapshot, format=raw and format=qcow2"
              .formatted(word));
    }
    return switch (word) {
      case READ_ONLY -> spec.readOnly();
      case THROWN_AWAY -> spec.throwingWritesAway();
      default -> spec.withFormat(DriveFormat.named(word.substring(FORMAT.length())).orElseThrow());
    };
  }

  /// The words that describe a drive.
  public static List<String> of(DriveSpec spec) {
    List<String> words = new ArrayList<>();
    if (spec.access() == DriveAccess.READ_ONLY) {
      words.add(READ_ONLY);
    }
    if (spec.writes() == DriveSpec.Writes.THROWN_AWAY) {
      words.add(THROWN_AWAY);
    }
    spec.format().ifPresent(format -> words.add(FORMAT + format.text()));
    return words;
  }
}
