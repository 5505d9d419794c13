package hospes.images;

import hospes.images.ImageException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// A binary package: an `ar` archive whose member `data.tar.xz` holds the files. deb(5).
final class DebFile {
  /// Takes the regular files of a package, one after the other.
  @FunctionalInterface
  interface Visitor {
    /// @param path relative to the root, without `./` in front
    /// @param content reads this file only; may be left unread
    void file(String path, long size, InputStream content) throws IOException, ImageException;
  }

  /// Reports how much of the package's file was read.
  @FunctionalInterface
  interface Meter {
    void read(long bytes);
  }

  private final Path file;
  private final DebianPackage description;

  /// @param file verified against the description's hash
  DebFile(Path file, DebianPackage description) {
    this.file = file;
    this.description = description;
  }

  /// Visits all regular files in the archive's order.
  void visit(Visitor visitor, Meter meter) throws ImageException {
    try (var counted =
            new LimitedInputStream(Files.newInputStream(file), description.size(), "package");
        var ar = new ArArchiveInputStream(new BufferedInputStream(counted, 1 << 16))) {
      for (ArArchiveEntry member = ar.getNextEntry(); member != null; member = ar.getNextEntry()) {
        if (member.getName().equals("data.tar.xz")) {
          visitData(ar, visitor, () -> meter.read(counted.count()));
          return;
        }
        if (member.getName().startsWith("data.tar")) {
          throw malformed(
              "its data is compressed in a way that is not supported: " + member.getName(), null);
        }
      }
      throw malformed("it holds no data", null);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    }
  }

  private void visitData(InputStream data, Visitor visitor, Runnable onFile)
      throws IOException, ImageException {
    // The index rounds sizes, and knows nothing of the archive's own headers.
    long limit = 2 * description.installedSize() + (64L << 20);
    try (var xz = new XZInputStream(data, Limits.XZ_MEMORY_KIB);
        var limited = new LimitedInputStream(xz, limit, "package " + description.name());
        var tar = new TarArchiveInputStream(new BufferedInputStream(limited, 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
          visitor.file(entry.getName().replaceFirst("^(\\./|/)+", ""), entry.getSize(), tar);
          onFile.run();
        }
      }
    }
  }

  private ImageException malformed(String why, @Nullable Exception cause) {
    String message = "cannot unpack package " + description.name() + ": " + why;
    return cause == null
        ? new ImageException(Reason.MALFORMED, message)
        : new ImageException(Reason.MALFORMED, message, cause);
  }
}
