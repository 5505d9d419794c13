package hospes.storage;

import hospes.formats.qcow2.BackingFile;
import hospes.formats.qcow2.NewImage;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Copy-on-write over a disk: a qcow2 file that holds what was written since, with the disk as its
/// backing file. The disk is only read, so any number of overlays may stand over it.
public final class Overlay {
  private static final int SECTOR = 512;

  private Overlay() {}

  /// Makes an overlay that holds nothing yet.
  ///
  /// @param folder where it goes; must exist
  /// @param name its file name
  /// @param base the disk, which must not be written while the overlay is needed
  /// @return its path
  /// @throws BlockStoreException where the base cannot be read, or the file cannot be made
  public static Path create(Path folder, String name, Path base, DriveFormat baseFormat)
      throws BlockStoreException {
    OpenDisk disk =
        OpenDisk.open(
            base, DriveAccess.READ_ONLY, Optional.of(baseFormat), LockedFile.Durability.NONE);
    long size = disk.content().size();
    Path overlay = folder.resolve(name);
    try {
      disk.store().close();
      BackingFile backing =
          new BackingFile(backingName(folder, base), Optional.of(baseFormat.text()));
      make(overlay, backing, size, LockedFile.Durability.SYNCED).close();
      return overlay;
    } catch (IOException e) {
      throw new BlockStoreException(
          "cannot make the overlay %s: %s".formatted(overlay, Reasons.of(e)), e);
    }
  }

  /// Makes the file of an overlay, which must not be there yet.
  ///
  /// @param backing the disk below, as the file will name it
  /// @param size of that disk in bytes
  static LockedFile make(
      Path overlay, BackingFile backing, long size, LockedFile.Durability durability)
      throws IOException, BlockStoreException {
    Files.createFile(overlay);
    LockedFile file = null;
    boolean made = false;
    try {
      file = LockedFile.open(overlay, DriveAccess.READ_WRITE, durability);
      NewImage.over(backing, (size + SECTOR - 1) / SECTOR * SECTOR).writeTo(file);
      made = true;
      return file;
    } finally {
      if (!made) {
        deleteQuietly(overlay);
        if (file != null) {
          file.close();
        }
      }
    }
  }

  /// Relative where both are in one folder, so that they can be moved together.
  private static String backingName(Path folder, Path base) throws IOException {
    Path real = base.toRealPath();
    return folder.toRealPath().equals(real.getParent())
        ? "./" + real.getFileName()
        : real.toString();
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // an empty or half-made file stays; it is no image
    }
  }

  /// A temporary overlay over a disk that is only read, and is the overlay's own from now on. Its
  /// file has no name any more, so nothing of it outlives the process.
  static OpenDisk temporary(OpenDisk base) throws BlockStoreException {
    boolean made = false;
    LockedFile file = null;
    try {
      file = unnamed(base);
      OpenDisk overlay = OpenDisk.over(file, base, Optional.empty());
      made = true;
      return overlay;
    } catch (IOException e) {
      throw new BlockStoreException(
          "cannot make a temporary overlay in %s, the place that TMPDIR names: %s"
              .formatted(temporaryFolder(), Reasons.of(e)),
          e);
    } finally {
      if (!made) {
        base.abandon();
        if (file != null) {
          closeQuietly(file);
        }
      }
    }
  }

  private static void closeQuietly(LockedFile file) {
    try {
      file.close();
    } catch (IOException ignored) {
      // it was never used
    }
  }

  private static LockedFile unnamed(OpenDisk base) throws IOException, BlockStoreException {
    Path folder = Files.createTempDirectory(temporaryFolder(), "hospes-");
    Path overlay = folder.resolve("overlay.qcow2");
    try {
      BackingFile backing = new BackingFile("unnamed", Optional.of(base.format().text()));
      return make(overlay, backing, base.content().size(), LockedFile.Durability.NONE);
    } finally {
      deleteQuietly(overlay);
      deleteQuietly(folder);
    }
  }

  /// Not `/tmp`, which is often memory.
  private static Path temporaryFolder() {
    String wanted = System.getenv("TMPDIR");
    Path usual = Path.of("/var/tmp");
    if (wanted != null && !wanted.isEmpty()) {
      return Path.of(wanted);
    }
    return Files.isDirectory(usual) ? usual : Path.of(System.getProperty("java.io.tmpdir"));
  }
}
