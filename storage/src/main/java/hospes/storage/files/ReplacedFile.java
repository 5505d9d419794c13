package hospes.storage.files;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Replaces a file by a new one, whole or not at all: whatever happens, the full disk and the
/// killed process included, the name leads to the old file or to the complete new one.
///
/// The new content goes to a temporary file beside the old one, locked while it is written. What a
/// killed process left behind is known by its name and by not being locked, and goes with the next
/// replacement.
public final class ReplacedFile {
  private static final String MARK = ".hospes-new";
  private static final int BUFFER = 1 << 18;

  /// Those of this process, whose locks must not be tried: closing a file gives up all its locks.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  /// Writes the new content.
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private ReplacedFile() {}

  /// Gives a file this content, or leaves it as it is.
  ///
  /// @throws IOException where it stays as it is, because the new one cannot be written
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new FileSystemException(file.toString(), null, "it is a directory");
    }
    removeLeftovers(folder, target.getFileName().toString());
    Path temporary = reserve(folder, target.getFileName().toString());
    boolean moved = false;
    try {
      writeLocked(temporary, content);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
      OURS.remove(temporary);
    }
    Folders.sync(folder);
  }

  private static Path reserve(Path folder, String name) {
    long process = ProcessHandle.current().pid();
    for (int i = 0; ; i++) {
      Path temporary = folder.resolve(".%s.%d-%d%s".formatted(name, process, i, MARK));
      if (OURS.add(temporary)) {
        return temporary;
      }
    }
  }

  private static void writeLocked(Path temporary, Content content) throws IOException {
    try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
      if (file.getChannel().tryLock() == null) {
        throw new FileSystemException(temporary.toString(), null, "another process writes it");
      }
      OutputStream out = new BufferedOutputStream(file, BUFFER);
      content.writeTo(out);
      out.flush();
      file.getFD().sync();
    }
  }

  private static void removeLeftovers(Path folder, String name) throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, entry -> isTemporary(entry, name))) {
      for (Path leftover : all) {
        if (!OURS.contains(leftover) && isAbandoned(leftover)) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  private static boolean isTemporary(Path entry, String name) {
    String text = entry.getFileName().toString();
    return text.startsWith("." + name + ".") && text.endsWith(MARK);
  }

  private static boolean isAbandoned(Path leftover) {
    try (FileChannel open = FileChannel.open(leftover, StandardOpenOption.WRITE)) {
      return open.tryLock() != null;
    } catch (OverlappingFileLockException | IOException notOurs) {
      return false;
    }
  }
}
