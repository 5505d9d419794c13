package hospes.host;

import hospes.formats.qcow2.BackingFile;
import hospes.formats.qcow2.NewImage;
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
    boolean made = false;
    try {
      disk.store().close();
      Files.createFile(overlay);
      try (LockedFile file =
          LockedFile.open(overlay, DriveAccess.READ_WRITE, LockedFile.Durability.SYNCED)) {
        BackingFile backing =
            new BackingFile(backingName(folder, base), Optional.of(baseFormat.text()));
        NewImage.over(backing, (size + SECTOR - 1) / SECTOR * SECTOR).writeTo(file);
      }
      made = true;
      return overlay;
    } catch (IOException e) {
      throw new BlockStoreException(
          "cannot make the overlay %s: %s".formatted(overlay, Reasons.of(e)), e);
    } finally {
      if (!made) {
        deleteQuietly(overlay);
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

  /// Opens a temporary overlay. Its file has no name any more, so nothing of it outlives the
  /// process.
  static OpenDisk openTemporary(Path base, DriveFormat format) throws BlockStoreException {
    Path folder;
    try {
      folder = Files.createTempDirectory(temporaryFolder(), "hospes-");
    } catch (IOException e) {
      throw new BlockStoreException(
          "cannot make a temporary overlay in %s, the place that TMPDIR names: %s"
              .formatted(temporaryFolder(), Reasons.of(e)),
          e);
    }
    try {
      Path overlay = create(folder, "overlay.qcow2", base, format);
      try {
        return OpenDisk.open(
            overlay,
            DriveAccess.READ_WRITE,
            Optional.of(DriveFormat.QCOW2),
            LockedFile.Durability.NONE);
      } finally {
        deleteQuietly(overlay);
      }
    } finally {
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
