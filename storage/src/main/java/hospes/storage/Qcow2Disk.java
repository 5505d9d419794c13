package hospes.storage;

import hospes.formats.qcow2.DiskContent;
import hospes.formats.qcow2.Qcow2Image;
import hospes.machine.BlockStore;
import java.io.IOException;
import java.util.Optional;

/// A disk in a qcow2 file, with all the files behind it.
final class Qcow2Disk implements BlockStore, DiskContent {
  private final DiskFile file;
  private final Qcow2Image image;
  private final DriveAccess access;
  private final Optional<OpenDisk> backing;

  Qcow2Disk(DiskFile file, Qcow2Image image, DriveAccess access, Optional<OpenDisk> backing) {
    this.file = file;
    this.image = image;
    this.access = access;
    this.backing = backing;
  }

  @Override
  public long size() {
    return image.size();
  }

  @Override
  public boolean isReadOnly() {
    return access == DriveAccess.READ_ONLY;
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws IOException {
    image.read(position, to, offset, length);
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    image.write(position, from, offset, length);
  }

  @Override
  public void discard(long position, long length) throws IOException {
    image.discard(position, length);
  }

  @Override
  public void flush() throws IOException {
    image.flush();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      image.flush();
    } finally {
      if (backing.isPresent()) {
        backing.get().store().close();
      }
    }
  }
}
