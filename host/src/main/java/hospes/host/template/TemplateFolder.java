package hospes.host.template;

import hospes.images.CacheLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The templates of one image on disk, a snapshot file each.
final class TemplateFolder {
  static final String SUFFIX = ".template";

  /// How many of one image and build are kept: one for each machine that its user likes to run.
  private static final int MOST = 4;

  /// How many of other contents and builds are kept, for who goes back and forth between two.
  private static final int MOST_OTHERS = 1;

  private final Path folder;

  TemplateFolder(Path folder) {
    this.folder = folder;
  }

  Path file(TemplateKey key) {
    return folder.resolve(key.fileName());
  }

  /// Whether there is a file for the key, of whatever quality.
  boolean has(TemplateKey key) {
    return Files.isRegularFile(file(key));
  }

  /// Marks a template as used, so that others are given up before it.
  void touch(TemplateKey key) {
    try {
      Files.setLastModifiedTime(file(key), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // it may be given up sooner than it should
    }
  }

  /// Removes a template that cannot be used. Guests that run from it go on.
  void remove(TemplateKey key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      // whoever makes the next one replaces it, or says why not
    }
  }

  /// Takes the lock under which one template is made at a time.
  ///
  /// @param onWait called once if somebody else has it, before waiting
  CacheLock lock(Runnable onWait) throws IOException {
    Files.createDirectories(folder);
    return CacheLock.take(folder.resolveSibling("lock"), onWait);
  }

  /// Removes what nobody is likely to start from any more: templates of the key's family, and of
  /// other contents and builds, but for those that were used last.
  void prune(TemplateKey key) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(file -> name(file).endsWith(SUFFIX)).toList();
    }
    keep(MOST, all.stream().filter(file -> name(file).startsWith(key.family())));
    keep(MOST_OTHERS, all.stream().filter(file -> !name(file).startsWith(key.family())));
  }

  private static void keep(int most, Stream<Path> files) throws IOException {
    List<Path> surplus =
        files.sorted(Comparator.comparing(TemplateFolder::lastUsed).reversed()).skip(most).toList();
    for (Path file : surplus) {
      Files.deleteIfExists(file);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static FileTime lastUsed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
