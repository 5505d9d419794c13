package hospes.storage;

import hospes.formats.FormatException;
import hospes.formats.qcow2.BackingFile;
import hospes.formats.qcow2.ImageAccess;
import hospes.formats.qcow2.Qcow2Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Makes one file again of a disk and the layers below it that nobody else needs.
///
/// What the overlay holds is written into the layer, which changes nothing that the overlay shows;
/// then the layer takes the overlay's name. So the disk is whole whenever the process is killed,
/// and the next time goes on.
final class LayerJoin {
  private LayerJoin() {}

  /// Joins a disk that no guest has open as far as possible; else, and where that fails, it stays
  /// as it is.
  static void join(Path disk) {
    try {
      Path real = disk.toRealPath();
      boolean more = true;
      while (more) {
        more = joinOne(real);
      }
    } catch (IOException | BlockStoreException later) {
      // The disk is usable as it is; whoever ends next tries again.
    }
  }

  /// Removes a fork's overlay, and all layers of forks that nobody needs any more; then what it was
  /// forked from can perhaps be joined.
  static void removeFork(Path overlay) {
    try {
      if (LayerNames.isFork(overlay)) {
        Files.deleteIfExists(overlay);
      }
      boolean more = true;
      while (more) {
        more = removeOrphan(overlay);
      }
    } catch (IOException later) {
      // whoever ends next tries again
    }
    join(LayerNames.disk(overlay));
  }

  private static boolean removeOrphan(Path family) throws IOException {
    for (Path member : LayerNames.familyOf(family.toAbsolutePath())) {
      Path top = LayerNames.topOf(member);
      if (LayerNames.isLayer(member)
          && LayerNames.isFork(top)
          && !Files.exists(top)
          && !isNeeded(member, member)) {
        Files.delete(member);
        return true;
      }
    }
    return false;
  }

  private static Optional<Path> layerBehind(Path file) throws IOException, BlockStoreException {
    try (LockedFile open =
        LockedFile.open(file, DriveAccess.READ_ONLY, LockedFile.Durability.NONE)) {
      return DiskLayers.layerBehind(file, open);
    }
  }

  private static boolean joinOne(Path real) throws IOException, BlockStoreException {
    try (LockedFile top =
        LockedFile.open(real, DriveAccess.READ_WRITE, LockedFile.Durability.SYNCED)) {
      removeUnfinished(real);
      Optional<Path> layer = DiskLayers.layerBehind(real, top);
      if (layer.isEmpty()
          || !LayerNames.isLayerOf(layer.get(), real)
          || isNeeded(layer.get(), real)) {
        return false;
      }
      OpenDisk below =
          OpenDisk.open(
              layer.get(),
              DriveAccess.READ_WRITE,
              Qcow2Image.backingFile(top).flatMap(BackingFile::format).flatMap(DriveFormat::named),
              LockedFile.Durability.SYNCED);
      try {
        Qcow2Image image =
            Qcow2Image.open(top, ImageAccess.READ_ONLY, Optional.of(below.content()));
        if (wouldBeTakenForAnImage(image, below)) {
          return false;
        }
        image.forEachOwn(into(below));
        below.store().flush();
        Files.move(layer.get(), real, StandardCopyOption.ATOMIC_MOVE);
        DiskLayers.syncFolder(real);
      } finally {
        below.store().close();
      }
      return true;
    }
  }

  private static Qcow2Image.OwnContent into(OpenDisk below) {
    return new Qcow2Image.OwnContent() {
      @Override
      public void data(long position, byte[] bytes, int length) throws IOException {
        below.store().write(position, bytes, 0, length);
      }

      @Override
      public void zeros(long position, int length) throws IOException {
        below.store().discard(position, length);
      }
    };
  }

  /// A raw disk into which its guest wrote an image must not be met without its overlay, which says
  /// that it is raw.
  private static boolean wouldBeTakenForAnImage(Qcow2Image image, OpenDisk below)
      throws IOException {
    byte[] start = new byte[Qcow2Image.MAGIC_BYTES];
    image.read(0, start, 0, start.length);
    return below.format() == DriveFormat.RAW && Qcow2Image.isImage(start);
  }

  /// Whether a snapshot, or an overlay other than `top`, stands over a layer.
  private static boolean isNeeded(Path layer, Path top) throws IOException {
    for (Path member : LayerNames.familyOf(layer)) {
      if (LayerNames.isSnapshot(member) && Files.isSameFile(member, layer)) {
        return true;
      }
      if (!member.equals(top) && !member.equals(layer) && standsOver(member, layer)) {
        return true;
      }
    }
    return false;
  }

  private static boolean standsOver(Path member, Path layer) throws IOException {
    try {
      return layerBehind(member).filter(layer::equals).isPresent();
    } catch (BlockStoreException inUse) {
      return true; // by a guest that may well need it
    } catch (FormatException damaged) {
      return true;
    }
  }

  /// What a killed process left behind when it froze a disk: nobody has locked it.
  private static void removeUnfinished(Path disk) throws IOException {
    for (Path member : LayerNames.familyOf(disk)) {
      if (LayerNames.isLayerOf(member, disk) && Files.isSameFile(member, disk)) {
        Files.delete(member); // a second name; the overlay never came
      } else if (LayerNames.isUnfinished(member)) {
        try {
          LockedFile.open(member, DriveAccess.READ_WRITE, LockedFile.Durability.NONE).close();
          Files.deleteIfExists(member);
        } catch (BlockStoreException inUse) {
          // somebody makes it now
        }
      }
    }
  }
}
