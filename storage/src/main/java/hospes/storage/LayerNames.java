package hospes.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How the files are named that stand beside a disk's file once it was forked or saved. With
/// `disk.img` as the disk:
///
/// | name | content |
/// |---|---|
/// | `disk.img.layer-1` | what `disk.img` was; `disk.img` is an overlay over it now |
/// | `disk.img.snapshot-1` | another name of a layer, which a snapshot needs |
/// | `disk.img.fork-1.qcow2` | the overlay of a fork or a restored guest |
/// | `disk.img.hospes-new-1` | an overlay that is not complete yet |
///
/// All of them belong to the family `disk.img`, also `disk.img.fork-1.qcow2.layer-1`.
final class LayerNames {
  private static final Pattern LAYER = Pattern.compile("(.+)\\.layer-\\d{1,9}");
  private static final Pattern SNAPSHOT = Pattern.compile("(.+)\\.snapshot-\\d{1,9}");
  private static final Pattern FORK = Pattern.compile("(.+)\\.fork-\\d{1,9}\\.qcow2");
  private static final Pattern UNFINISHED = Pattern.compile("(.+)\\.hospes-new-\\d{1,9}");
  static final String UNFINISHED_MARK = ".hospes-new-";
  private static final int MOST = 1_000_000;

  private LayerNames() {}

  /// Does something with a name that must be new.
  interface Attempt<T> {
    /// @throws java.nio.file.FileAlreadyExistsException where the name is taken
    T with(Path name) throws IOException, BlockStoreException;
  }

  /// The first free name `PREFIX1SUFFIX`, `PREFIX2SUFFIX` … beside a file.
  static <T> T firstFree(Path beside, String prefix, String suffix, Attempt<T> attempt)
      throws IOException, BlockStoreException {
    for (int number = 1; number < MOST; number++) {
      Path name = beside.resolveSibling(prefix + number + suffix);
      if (!Files.exists(name)) {
        try {
          return attempt.with(name);
        } catch (java.nio.file.FileAlreadyExistsException taken) {
          // by somebody who was faster
        }
      }
    }
    throw new IOException("too many files of this kind");
  }

  /// The name without what was added to it here.
  static String family(Path file) {
    String name = name(file);
    while (true) {
      String before = name;
      for (Pattern added : List.of(LAYER, SNAPSHOT, FORK, UNFINISHED)) {
        var match = added.matcher(name);
        if (match.matches()) {
          name = match.group(1);
        }
      }
      if (name.equals(before)) {
        return name;
      }
    }
  }

  /// The disk that a file of its family was made for.
  static Path disk(Path file) {
    return file.resolveSibling(family(file));
  }

  static boolean isLayer(Path file) {
    return LAYER.matcher(name(file)).matches();
  }

  static boolean isFork(Path file) {
    return FORK.matcher(name(file)).matches();
  }

  static boolean isSnapshot(Path file) {
    return SNAPSHOT.matcher(name(file)).matches();
  }

  static boolean isUnfinished(Path file) {
    return UNFINISHED.matcher(name(file)).matches();
  }

  /// What a layer was before it was frozen, by its name.
  static Path topOf(Path layer) {
    var match = LAYER.matcher(name(layer));
    return match.matches() ? layer.resolveSibling(match.group(1)) : layer;
  }

  /// Whether `layer` is what `top` was.
  static boolean isLayerOf(Path layer, Path top) {
    return isLayer(layer) && name(topOf(layer)).equals(name(top));
  }

  /// All files of a disk's family, the disk included where it is there.
  static List<Path> familyOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return List.of();
    }
    String family = family(file);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> name(each).equals(family) || isMember(each, family))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isMember(Path file, String family) {
    return name(file).startsWith(family + ".") && family(file).equals(family);
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
