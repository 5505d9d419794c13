package hospes.storage.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Folders of the host.
public final class Folders {
  private Folders() {}

  /// Returns when the names in a folder are safe from a crash of the host: those that files were
  /// given, and those that were taken away.
  public static void sync(Path folder) throws IOException {
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    }
  }
}
