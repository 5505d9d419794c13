package hospes.machine;

import java.util.List;
import java.util.Optional;

/// Files that cannot change, named by what they hold: a kernel, a library, the layers of an image.
///
/// Because it cannot change, a machine reads a tree whenever it likes: inside [Machine#run],
/// without asking, and none of it goes to the journal. Snapshots and journals name it by its
/// [#digest].
public interface Tree {
  /// SHA-256 over all names and contents, in hexadecimal: equal for equal trees.
  String digest();

  /// The file at a path, whose parts are divided by `/`.
  Optional<Content> find(String path);

  /// The paths of all files, sorted.
  List<String> paths();
}
