package hospes.storage;

import hospes.formats.FormatException;
import hospes.formats.qcow2.BackingFile;
import hospes.formats.qcow2.Qcow2Image;
import hospes.storage.files.Folders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Freezes disks, so that forks and snapshots share what was written so far, each going on for
/// itself. [LayerNames] says which files there are.
///
/// To freeze `disk.img`, its file gets a second name, `disk.img.layer-1`, and then a new overlay
/// over that takes the name `disk.img`, in one step. So whenever the process is killed, `disk.img`
/// is a whole disk with all that its guest wrote; and nobody writes a layer any more.
final class DiskLayers {
  private static final String HERE = "./";

  private DiskLayers() {}

  /// Whether a file is an overlay that stands over what the disk of this name was. The layer's name
  /// tells: no guest can make a file of it.
  static boolean isTop(Path disk, LockedFile file) throws IOException {
    Optional<Path> layer = layerBehind(disk.toRealPath(), file);
    return layer.isPresent() && LayerNames.isLayerOf(layer.get(), disk.toRealPath());
  }

  /// The layer that a file names as its backing file, if it does and that is there.
  static Optional<Path> layerBehind(Path real, LockedFile file) throws IOException {
    if (!OpenDisk.beginsLikeAnImage(file)) {
      return Optional.empty();
    }
    try {
      String name = Qcow2Image.backingFile(file).map(BackingFile::name).orElse("");
      Path layer = name.startsWith(HERE) ? real.resolveSibling(name.substring(2)) : real;
      return LayerNames.isLayer(layer) && Files.exists(layer) && !Files.isSameFile(layer, real)
          ? Optional.of(layer)
          : Optional.empty();
    } catch (FormatException | java.nio.file.InvalidPathException damaged) {
      return Optional.empty();
    }
  }

  /// Freezes a disk that is open for writing.
  ///
  /// @param disk its file
  /// @param old closed when this returns
  /// @return a new overlay over it, under the old name
  static OpenDisk freeze(Path disk, OpenDisk old) throws IOException, BlockStoreException {
    Path real = disk.toRealPath();
    if (!Files.isRegularFile(real)) {
      throw new FileSystemException(disk.toString(), null, "it is no regular file");
    }
    old.store().flush();
    Path layer =
        LayerNames.firstFree(real, LayerNames.name(real) + ".layer-", "", name -> link(name, real));
    Path fresh = real;
    LockedFile overlay = null;
    OpenDisk below = null;
    boolean done = false;
    try {
      Made made = make(real, layer, old, LockedFile.Durability.SYNCED);
      fresh = made.path();
      overlay = made.file();
      copyAttributes(real, fresh);
      old.file().freeze();
      Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
      fresh = real;
      syncFolder(real);
      below = old.reopen();
      OpenDisk top = OpenDisk.over(overlay, below, Optional.of(layer));
      done = true;
      old.abandon(); // flushed above
      return top;
    } finally {
      if (!done) {
        if (below != null) {
          below.abandon();
        }
        undo(overlay, fresh, layer, real);
      }
    }
  }

  /// Back to a disk without the new layer, whichever step failed.
  private static void undo(@Nullable LockedFile overlay, Path fresh, Path layer, Path real)
      throws IOException {
    if (overlay != null && fresh.equals(real)) {
      Files.move(layer, real, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(layer);
      if (overlay != null) {
        Files.deleteIfExists(fresh);
      }
    }
    if (overlay != null) {
      overlay.close();
    }
  }

  private record Made(Path path, LockedFile file) {}

  /// An overlay over a layer, under a name that says that it is not in use yet.
  private static Made make(
      Path beside, Path layer, OpenDisk below, LockedFile.Durability durability)
      throws IOException, BlockStoreException {
    BackingFile backing =
        new BackingFile(HERE + LayerNames.name(layer), Optional.of(below.format().text()));
    return LayerNames.firstFree(
        beside,
        LayerNames.family(beside) + LayerNames.UNFINISHED_MARK,
        "",
        name -> new Made(name, Overlay.make(name, backing, below.content().size(), durability)));
  }

  private static Path link(Path name, Path existing) throws IOException {
    try {
      return Files.createLink(name, existing);
    } catch (UnsupportedOperationException e) {
      throw new FileSystemException(
          existing.toString(), null, "its file system has no hard links, which this needs");
    }
  }

  /// An overlay of its own for a fork or a restored guest.
  ///
  /// @param layer the file below
  /// @param below the same, open, and the overlay's own from now on
  static Fork fork(Path layer, OpenDisk below) throws IOException, BlockStoreException {
    boolean done = false;
    LockedFile overlay = null;
    Path fresh = layer;
    try {
      Made made = make(layer, layer, below, LockedFile.Durability.SYNCED);
      fresh = made.path();
      overlay = made.file();
      Path unfinished = fresh;
      Path path =
          LayerNames.firstFree(
              layer, LayerNames.family(layer) + ".fork-", ".qcow2", name -> link(name, unfinished));
      Fork fork = new Fork(path, OpenDisk.over(overlay, below, Optional.of(layer)));
      done = true;
      return fork;
    } finally {
      if (overlay != null) {
        Files.deleteIfExists(fresh);
      }
      if (!done) {
        below.abandon();
        if (overlay != null) {
          overlay.close();
        }
      }
    }
  }

  /// A fork's overlay.
  record Fork(Path path, OpenDisk disk) {}

  /// Gives a layer a name for a snapshot, which keeps it as it is until the name is removed.
  static Path pin(Path layer) throws IOException, BlockStoreException {
    // A time that no clock tick has: so a write, if there ever is one, changes it.
    Files.setLastModifiedTime(layer, FileTime.from(Instant.now()));
    return LayerNames.firstFree(
        layer, LayerNames.family(layer) + ".snapshot-", "", name -> link(name, layer));
  }

  /// The layer that has a snapshot's name too; that name where there is none any more.
  static Path layerOf(Path pinned) throws IOException {
    Path real = pinned.toRealPath();
    for (Path member : LayerNames.familyOf(real)) {
      if (LayerNames.isLayer(member) && Files.isSameFile(member, real)) {
        return member;
      }
    }
    return real;
  }

  /// As the disk is the user's file, it shall be as that was.
  private static void copyAttributes(Path from, Path to) throws IOException {
    try {
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS);
      Map<String, Object> owner = Files.readAttributes(from, "unix:uid,gid");
      if (!owner.equals(Files.readAttributes(to, "unix:uid,gid"))) {
        Files.setAttribute(to, "unix:gid", owner.get("gid"));
        Files.setAttribute(to, "unix:uid", owner.get("uid"));
      }
      Files.setPosixFilePermissions(to, permissions);
    } catch (UnsupportedOperationException | IllegalArgumentException notThatKindOfSystem) {
      // then it has no such attributes
    } catch (FileSystemException notAllowed) {
      // then it belongs to who runs the guest
    }
  }

  static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Folders.sync(folder);
    }
  }
}
