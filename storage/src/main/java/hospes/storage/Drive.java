package hospes.storage;

import hospes.formats.qcow2.Qcow2Image;
import hospes.formats.snapshot.DriveReference;
import hospes.machine.BlockStore;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A disk file of a guest, raw or qcow2, locked while it is open.
///
/// A full host disk and other failures pass through as [IOException], so that the guest sees an I/O
/// error; the first one is kept for the user.
///
/// Nobody needs to say what a file is: a file that begins like a qcow2 image is one, and any other
/// is raw. But then the guest of a raw disk may not make it begin like an image, for with the next
/// start its content would be taken for the name of a backing file, which may be any file of the
/// host. It may if the format was given.
public final class Drive implements BlockStore {
  private static final int SECTOR = 512;

  /// Whose file it is.
  private enum Origin {
    /// The user's.
    NAMED,
    /// Made for this guest, a fork or a restored one.
    MADE
  }

  private final Path file;
  private final DriveSpec spec;
  private final Origin origin;
  private final Magic magic;
  private OpenDisk disk;

  /// Whether nothing was written since the disk was frozen.
  private boolean fresh;

  private boolean kept;
  private Optional<IOException> firstFailure = Optional.empty();
  private boolean closed;

  /// Whether the guest may make the disk begin like an image.
  private enum Magic {
    ALLOWED,
    FORBIDDEN
  }

  Drive(DriveSpec spec, OpenDisk disk) {
    this(spec.file(), spec, Origin.NAMED, magic(spec, disk), disk);
  }

  private Drive(Path file, DriveSpec spec, Origin origin, Magic magic, OpenDisk disk) {
    this.file = file;
    this.spec = spec;
    this.origin = origin;
    this.magic = magic;
    this.disk = disk;
  }

  /// What was raw before it was frozen is raw again in the end.
  private static Magic magic(DriveSpec spec, OpenDisk disk) {
    OpenDisk bottom = disk;
    while (bottom.behind().isPresent() && bottom.base().filter(LayerNames::isLayer).isPresent()) {
      bottom = bottom.behind().get();
    }
    return spec.format().isEmpty() && bottom.format() == DriveFormat.RAW
        ? Magic.FORBIDDEN
        : Magic.ALLOWED;
  }

  /// Opens a drive.
  ///
  /// @throws BlockStoreException where a file is missing, may not be opened, is in use, is damaged
  /// or has no size that a disk can have
  public static Drive open(DriveSpec spec) throws BlockStoreException {
    if (spec.isKept()) {
      LayerJoin.join(spec.file()); // of a guest whose host was killed
    }
    OpenDisk disk =
        switch (spec.writes()) {
          case KEPT ->
              OpenDisk.open(
                  spec.file(), spec.access(), spec.format(), LockedFile.Durability.SYNCED);
          case THROWN_AWAY ->
              OpenDisk.open(
                  spec.file(), DriveAccess.READ_ONLY, spec.format(), LockedFile.Durability.NONE);
        };
    try {
      requireSize(spec.file(), disk.store().size());
    } catch (BlockStoreException e) {
      disk.abandon();
      throw e;
    }
    return switch (spec.writes()) {
      case KEPT -> new Drive(spec, disk);
      case THROWN_AWAY -> new Drive(spec, Overlay.temporary(disk));
    };
  }

  /// The drive of a guest that is restored: what a snapshot says of it, with an overlay of its own
  /// where the guest may write.
  ///
  /// @param spec the drive of the guest that was saved
  /// @throws BlockStoreException where it cannot be opened, or is not as it was then
  static Drive restore(DriveSpec spec, DriveReference then) throws BlockStoreException {
    if (!spec.isKept()) {
      Drive drive = open(spec);
      try {
        requireSame(spec.file(), drive.disk, then);
        return drive;
      } catch (BlockStoreException e) {
        drive.disk.abandon();
        throw e;
      }
    }
    Path saved = Path.of(then.path());
    OpenDisk below =
        OpenDisk.open(
            saved,
            DriveAccess.READ_ONLY,
            DriveFormat.named(then.format()),
            LockedFile.Durability.NONE);
    try {
      requireSame(saved, below, then);
    } catch (BlockStoreException e) {
      below.abandon();
      throw e;
    }
    try {
      return made(spec, magic(spec, below), DiskLayers.layerOf(saved), below);
    } catch (IOException e) {
      throw new BlockStoreException(
          "drive %s cannot be restored: %s".formatted(saved, Reasons.of(e)), e);
    }
  }

  private static Drive made(DriveSpec spec, Magic magic, Path layer, OpenDisk below)
      throws IOException, BlockStoreException {
    DiskLayers.Fork fork = DiskLayers.fork(layer, below);
    Drive drive = new Drive(fork.path(), spec, Origin.MADE, magic, fork.disk());
    drive.fresh = true;
    return drive;
  }

  /// The same disk for a fork of the guest: as it is now, with what each of them writes from now on
  /// its own.
  ///
  /// @throws BlockStoreException where that cannot be
  Drive fork() throws BlockStoreException {
    try {
      return switch (spec.writes()) {
        case KEPT -> {
          if (isReadOnly()) {
            yield new Drive(file, spec, Origin.NAMED, magic, disk.reopen());
          }
          freeze();
          yield made(spec, magic, disk.base().orElseThrow(), below().reopen());
        }
        case THROWN_AWAY -> {
          freeze();
          Drive fork =
              new Drive(file, spec, Origin.NAMED, magic, Overlay.temporary(below().reopen()));
          fork.fresh = true;
          yield fork;
        }
      };
    } catch (IOException e) {
      throw new BlockStoreException(new DriveProblem.NotForked(file, Reasons.of(e)), e);
    }
  }

  /// Leaves what was written so far as it is; from now on the guest writes to an overlay over it.
  private void freeze() throws IOException, BlockStoreException {
    if (fresh) {
      return;
    }
    if (disk.depth() >= OpenDisk.MAX_DEPTH) {
      throw new BlockStoreException(
          "drive %s has %d layers already, one for each fork or snapshot after which it was written; end the guest and its forks, which joins those that nobody needs"
              .formatted(file, disk.depth() - 1));
    }
    switch (spec.writes()) {
      case KEPT -> disk = DiskLayers.freeze(file, disk);
      case THROWN_AWAY -> {
        disk.store().flush();
        disk.file().freeze();
        OpenDisk old = disk;
        disk = Overlay.temporary(old.reopen());
        old.abandon();
      }
    }
    fresh = true;
  }

  private OpenDisk below() {
    return disk.behind().orElseThrow();
  }

  /// The file that was made for this guest alone, a fork or a restored one, to hold what it writes.
  Optional<Path> ownFile() {
    return origin == Origin.MADE ? Optional.of(file) : Optional.empty();
  }

  /// Removes a file that was [made][#ownFile] for the drive of a guest that is gone, and what is
  /// needed for that alone.
  public static void removeOwnFile(Path file) {
    LayerJoin.removeFork(file);
  }

  /// Lets the [file that was made for it][#ownFile] stay when it is closed.
  void keep() {
    kept = true;
  }

  private static void requireSize(Path file, long size) throws BlockStoreException {
    if (size == 0) {
      throw new BlockStoreException(
          "drive %s is empty; give it a size, for example with: truncate -s 1G %s"
              .formatted(file, file));
    }
    if (size % SECTOR != 0) {
      throw new BlockStoreException(
          "drive %s has %d bytes, which is not a multiple of %d; if it is a raw disk image, pad it with: truncate -s %%%d %s"
              .formatted(file, size, SECTOR, SECTOR, file));
    }
  }

  /// The first failure that the guest was told of, if any.
  public Optional<IOException> firstFailure() {
    return firstFailure;
  }

  /// The file, as it was named.
  public Path file() {
    return file;
  }

  /// What the file is.
  public DriveFormat format() {
    return disk.format();
  }

  /// What a snapshot says of this drive as it is now. Where the guest may write, that is frozen and
  /// gets a name for the snapshot, which [#forget] takes away.
  ///
  /// @throws BlockStoreException where the drive cannot be part of a snapshot
  DriveReference save() throws BlockStoreException {
    if (spec.writes() == DriveSpec.Writes.THROWN_AWAY) {
      throw new BlockStoreException(new DriveProblem.NotKept(file));
    }
    try {
      if (isReadOnly()) {
        return reference(file, disk);
      }
      freeze();
      return reference(DiskLayers.pin(disk.base().orElseThrow()), below());
    } catch (IOException e) {
      throw new BlockStoreException(
          "drive %s cannot be part of a snapshot: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  /// Takes back what [#save] did for a snapshot that there will not be.
  static void forget(DriveReference saved) {
    try {
      Path pinned = Path.of(saved.path());
      if (LayerNames.isSnapshot(pinned)) {
        Files.deleteIfExists(pinned);
      }
    } catch (IOException stays) {
      // It keeps a layer from being joined, and nothing else.
    }
  }

  private static DriveReference reference(Path file, OpenDisk disk) throws IOException {
    return new DriveReference(
        file.toAbsolutePath().toString(),
        disk.format().text(),
        disk.content().size(),
        Files.size(file),
        Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS),
        disk.base().map(base -> base.toAbsolutePath().toString()).orElse(""));
  }

  private static void requireSame(Path file, OpenDisk disk, DriveReference then)
      throws BlockStoreException {
    DriveReference now;
    try {
      now = reference(file, disk);
    } catch (IOException e) {
      throw new BlockStoreException(
          "drive %s cannot be used: %s".formatted(file, Reasons.of(e)), e);
    }
    if (now.size() != then.size() || !now.format().equals(then.format())) {
      throw new BlockStoreException(
          "drive %s is not the one of the snapshot: that was %s, %d bytes of %s"
              .formatted(file, then.path(), then.size(), then.format()));
    }
    if (now.length() != then.length()
        || then.modified() != 0 && now.modified() != then.modified()) {
      throw new BlockStoreException(
          "drive %s was written since the snapshot was taken; restore it with the disk as it was then (a copy keeps its time with: cp -p)"
              .formatted(file));
    }
  }

  @Override
  public long size() {
    return disk.store().size();
  }

  @Override
  public boolean isReadOnly() {
    return disk.store().isReadOnly();
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    counting(() -> disk.store().read(position, to, offset, length));
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    counting(
        () -> {
          requireNoHeader(position, from, offset, length);
          fresh = false;
          disk.store().write(position, from, offset, length);
        });
  }

  private void requireNoHeader(long position, byte[] from, int offset, int length)
      throws IOException {
    int bytes = Qcow2Image.MAGIC_BYTES;
    if (magic == Magic.ALLOWED || isReadOnly() || position < 0 || position >= bytes) {
      return;
    }
    byte[] start = new byte[bytes];
    disk.store().read(0, start, 0, bytes);
    System.arraycopy(from, offset, start, (int) position, (int) Math.min(length, bytes - position));
    if (Qcow2Image.isImage(start)) {
      throw new ImageHeaderException();
    }
  }

  @Override
  public void discard(long position, long length) throws IOException {
    counting(
        () -> {
          fresh = false;
          disk.store().discard(position, length);
        });
  }

  @Override
  public void flush() throws IOException {
    counting(() -> disk.store().flush());
  }

  /// Brings what was written to the file and closes it; a file that was [made][#ownFile] for the
  /// guest is removed, unless it is to be [kept][#keep]. Calling it again does nothing.
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      boolean layered = disk.base().filter(LayerNames::isLayer).isPresent();
      counting(() -> disk.store().close());
      if (origin == Origin.MADE && (!kept || !Files.exists(file))) { // removed meanwhile
        LayerJoin.removeFork(file);
      } else if (spec.isKept() && layered) {
        LayerJoin.join(file);
      }
    }
  }

  private interface Operation {
    void run() throws IOException;
  }

  private void counting(Operation operation) throws IOException {
    try {
      operation.run();
    } catch (IOException failure) {
      if (firstFailure.isEmpty()) {
        firstFailure = Optional.of(failure);
      }
      throw failure;
    }
  }
}
