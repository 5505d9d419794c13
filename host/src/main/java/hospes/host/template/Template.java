package hospes.host.template;

import hospes.host.HostException;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A template on disk: the snapshot of a booted guest that others start from.
///
/// @param file where it is
/// @param machine what was booted, and its size; empty where the file is damaged or of another
/// version
/// @param bytes that it takes on the disk
/// @param lastUsed when a guest started from it, or it was made
public record Template(Path file, Optional<Booted> machine, long bytes, Instant lastUsed) {
  /// The machine in a template.
  ///
  /// @param memoryBytes size of its memory
  /// @param harts processor cores
  public record Booted(long memoryBytes, int harts) {}

  /// The templates in a folder, the one that was used last first.
  ///
  /// @throws HostException where it cannot be read
  public static List<Template> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Template> templates = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(one -> one.toString().endsWith(TemplateFolder.SUFFIX)).toList()) {
        if (Files.isRegularFile(file)) {
          templates.add(
              new Template(
                  file,
                  booted(file),
                  Files.size(file),
                  Files.getLastModifiedTime(file).toInstant()));
        }
      }
    } catch (IOException e) {
      throw new HostException("cannot read the templates in %s: %s".formatted(folder, e), e);
    }
    templates.sort(Comparator.comparing(Template::lastUsed).reversed());
    return templates;
  }

  private static Optional<Booted> booted(Path file) {
    try (SnapshotFile snapshot = SnapshotFile.open(file)) {
      return Optional.of(new Booted(snapshot.header().memoryBytes(), snapshot.header().harts()));
    } catch (SnapshotFileException unusable) {
      return Optional.empty();
    }
  }
}
