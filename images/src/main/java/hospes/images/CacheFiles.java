package hospes.images;

import hospes.images.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writing to the cache such that a file is either there and whole, or not there.
final class CacheFiles {
  private CacheFiles() {}

  /// Writes a file under a temporary name, forces it to the disk and gives it its name.
  static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    commit(temporary, file);
  }

  /// Forces a finished file to the disk and gives it its final name.
  static void commit(Path temporary, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void createDirectories(Path directory) throws ImageException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  /// The error for a failure to read or write the cache.
  static ImageException failure(Path where, IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return new ImageException(
          Reason.DISK_FULL,
          "the disk is full: free some space for " + where + ", or set XDG_CACHE_HOME to another",
          e);
    }
    return new ImageException(
        Reason.CACHE,
        "cannot use the cache %s: %s. Set XDG_CACHE_HOME to a directory that can be written"
            .formatted(
                where, e.getClass().getSimpleName() + (message.isEmpty() ? "" : " " + message)),
        e);
  }

  /// @throws ImageException if the file system has less room than that
  static void requireSpace(Path directory, long bytes) throws ImageException {
    try {
      long usable = Files.getFileStore(directory).getUsableSpace();
      if (usable < bytes) {
        throw new ImageException(
            Reason.DISK_FULL,
            "%d MB are needed in %s, but only %d MB are free: free some space, or set XDG_CACHE_HOME to another directory"
                .formatted((bytes + 999_999) / 1_000_000, directory, usable / 1_000_000));
      }
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }
}
