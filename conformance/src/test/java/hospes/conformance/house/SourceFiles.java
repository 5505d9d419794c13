package hospes.conformance.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The Java files of all modules that somebody wrote, those of the tests included.
final class SourceFiles {
  private static final Path ROOT = Path.of("..");

  private SourceFiles() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(SourceFiles::isSource).sorted().toList();
    }
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && isBelow(file, "src") && !isBelow(file, "target");
  }

  private static boolean isBelow(Path file, String folder) {
    return StreamSupport.stream(file.spliterator(), false)
        .anyMatch(part -> part.toString().equals(folder));
  }
}
