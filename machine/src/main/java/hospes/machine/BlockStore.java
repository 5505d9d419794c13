package hospes.machine;

import java.io.IOException;

/// The content of a disk, as a device sees it. Its bytes are part of the machine: the host lets
/// nobody else write them while the machine lives, which is why reading them needs no inbox.
public interface BlockStore extends AutoCloseable {
  /// Size in bytes; a multiple of 512.
  long size();

  /// Whether the guest may write.
  boolean isReadOnly();

  /// Reads all of `length` bytes.
  void read(long position, byte[] to, int offset, int length) throws IOException;

  /// Writes all of `length` bytes.
  void write(long position, byte[] from, int offset, int length) throws IOException;

  /// Makes zeros of a range and gives its space back where the host can.
  void discard(long position, long length) throws IOException;

  /// Returns when all that was written is safe from a crash of the host.
  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
