package hospes.host;

import hospes.formats.qcow2.Qcow2Image;
import hospes.formats.snapshot.DriveReference;
import hospes.machine.BlockStore;
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

  private final Path file;
  private final OpenDisk disk;
  private Optional<IOException> firstFailure = Optional.empty();
  private boolean closed;

  Drive(Path file, OpenDisk disk) {
    this.file = file;
    this.disk = disk;
  }

  /// Opens a drive.
  ///
  /// @throws BlockStoreException where a file is missing, may not be opened, is in use, is damaged
  /// or has no size that a disk can have
  public static Drive open(DriveSpec spec) throws BlockStoreException {
    OpenDisk disk =
        switch (spec.writes()) {
          case KEPT ->
              OpenDisk.open(
                  spec.file(), spec.access(), spec.format(), LockedFile.Durability.SYNCED);
          case THROWN_AWAY -> overTemporary(spec);
        };
    try {
      requireSize(spec.file(), disk.store().size());
    } catch (BlockStoreException e) {
      closeQuietly(disk);
      throw e;
    }
    return new Drive(spec.file(), disk);
  }

  private static OpenDisk overTemporary(DriveSpec spec) throws BlockStoreException {
    OpenDisk base =
        OpenDisk.open(
            spec.file(), DriveAccess.READ_ONLY, spec.format(), LockedFile.Durability.NONE);
    try {
      requireSize(spec.file(), base.store().size());
      return Overlay.openTemporary(spec.file(), base.format());
    } finally {
      closeQuietly(base);
    }
  }

  private static void closeQuietly(OpenDisk disk) {
    try {
      disk.store().close();
    } catch (IOException ignored) {
      // nothing was written
    }
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

  /// What a snapshot says of this drive, whose content is [flushed][#flush] and stays as it is now
  /// for as long as the snapshot is needed. A drive whose writes are thrown away has none that
  /// would outlive it.
  ///
  /// @throws IOException where the file cannot be looked at
  public DriveReference reference() throws IOException {
    return new DriveReference(
        file.toAbsolutePath().toString(),
        format().text(),
        size(),
        Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS),
        disk.base().map(base -> base.toAbsolutePath().toString()).orElse(""));
  }

  /// Makes sure that this drive is as it was when a snapshot was taken.
  ///
  /// @throws BlockStoreException where its size, format or time of the last write differ
  public void requireSame(DriveReference then) throws BlockStoreException {
    DriveReference now;
    try {
      now = reference();
    } catch (IOException e) {
      throw new BlockStoreException(
          "drive %s cannot be used: %s".formatted(file, Reasons.of(e)), e);
    }
    if (now.size() != then.size() || !now.format().equals(then.format())) {
      throw new BlockStoreException(
          "drive %s is not the one of the snapshot: that was %s, %d bytes of %s"
              .formatted(file, then.path(), then.size(), then.format()));
    }
    if (then.modified() != 0 && now.modified() != then.modified()) {
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
    keep(() -> disk.store().read(position, to, offset, length));
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    keep(
        () -> {
          requireNoHeader(position, from, offset, length);
          disk.store().write(position, from, offset, length);
        });
  }

  private void requireNoHeader(long position, byte[] from, int offset, int length)
      throws IOException {
    int magic = Qcow2Image.MAGIC_BYTES;
    boolean guessedRaw = disk.guessed() && disk.format() == DriveFormat.RAW;
    if (!guessedRaw || isReadOnly() || position < 0 || position >= magic) {
      return;
    }
    byte[] start = new byte[magic];
    disk.store().read(0, start, 0, magic);
    System.arraycopy(from, offset, start, (int) position, (int) Math.min(length, magic - position));
    if (Qcow2Image.isImage(start)) {
      throw new IOException(
          "the guest wrote the header of a qcow2 image into a raw disk; if it may, attach the disk as %s,format=raw, now and ever after"
              .formatted(file));
    }
  }

  @Override
  public void discard(long position, long length) throws IOException {
    keep(() -> disk.store().discard(position, length));
  }

  @Override
  public void flush() throws IOException {
    keep(() -> disk.store().flush());
  }

  /// Brings what was written to the file and closes it. Calling it again does nothing.
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      keep(() -> disk.store().close());
    }
  }

  private interface Operation {
    void run() throws IOException;
  }

  private void keep(Operation operation) throws IOException {
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
