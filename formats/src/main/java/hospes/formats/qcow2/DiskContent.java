package hospes.formats.qcow2;

import java.io.IOException;

/// A disk that can be read: what an image's unallocated clusters show.
public interface DiskContent {
  /// Its size in bytes.
  long size();

  /// Reads all of `length` bytes, which lie within the disk.
  void read(long position, byte[] to, int offset, int length) throws IOException;
}
