package hospes.formats;

import java.io.EOFException;
import java.io.IOException;

/// A file that a format is read from and written to in place. The host decides what it is.
public interface FileAccess {
  /// Its length in bytes now.
  long size() throws IOException;

  /// Reads all of `length` bytes.
  ///
  /// @throws EOFException where the file ends before
  void read(long position, byte[] to, int offset, int length) throws IOException;

  /// Writes all of `length` bytes, and makes the file longer where they lie behind its end; what is
  /// between reads as zeros.
  void write(long position, byte[] from, int offset, int length) throws IOException;

  /// Returns when all that was written is safe from a crash of the host.
  void flush() throws IOException;
}
