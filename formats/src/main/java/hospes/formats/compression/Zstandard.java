package hospes.formats.compression;

import hospes.formats.FormatException;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Zstandard (RFC 8878), in Java alone.
public final class Zstandard {
  private Zstandard() {}

  /// A frame that holds the first `length` bytes of `content`.
  public static byte[] compress(byte[] content, int length) {
    ZstdJavaCompressor compressor = new ZstdJavaCompressor();
    byte[] frame = new byte[compressor.maxCompressedLength(length)];
    int size = compressor.compress(content, 0, length, frame, 0, frame.length);
    return Arrays.copyOf(frame, size);
  }

  /// Unpacks a frame, which must hold exactly `length` bytes.
  ///
  /// @throws FormatException where it does not
  public static byte[] decompress(byte[] frame, int length) throws FormatException {
    return decompress(frame, frame.length, length);
  }

  /// The same of a frame that something else follows.
  ///
  /// @throws FormatException where it does not hold `length` bytes
  public static byte[] decompressStart(byte[] bytes, int length) throws FormatException {
    return decompress(bytes, frameLength(bytes), length);
  }

  private static byte[] decompress(byte[] bytes, int frame, int length) throws FormatException {
    byte[] content = new byte[length];
    int size;
    try {
      size = new ZstdJavaDecompressor().decompress(bytes, 0, frame, content, 0, length);
    } catch (RuntimeException damaged) {
      throw damaged(damaged);
    }
    if (size != length) {
      throw damaged(null);
    }
    return content;
  }

  /// Length of the frame at the start, from the lengths of its blocks (RFC 8878, 3.1.1).
  private static int frameLength(byte[] bytes) throws FormatException {
    try {
      int descriptor = bytes[4];
      boolean singleSegment = (descriptor & 0x20) != 0;
      int contentSize = descriptor >>> 6 & 3;
      int dictionaryId = new int[] {0, 1, 2, 4}[descriptor & 3];
      int at = 5 + (singleSegment ? 0 : 1) + dictionaryId;
      at += contentSize == 0 ? (singleSegment ? 1 : 0) : 1 << contentSize;
      boolean last = false;
      while (!last) {
        int header = bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
        last = (header & 1) != 0;
        boolean repeatedByte = (header >>> 1 & 3) == 1;
        at += 3 + (repeatedByte ? 1 : header >>> 3);
      }
      at += (descriptor & 4) != 0 ? 4 : 0;
      return Math.min(at, bytes.length);
    } catch (ArrayIndexOutOfBoundsException cut) {
      throw damaged(cut);
    }
  }

  private static FormatException damaged(@Nullable Exception cause) {
    String message = "damaged: what zstd packed cannot be unpacked";
    return cause == null ? new FormatException(message) : new FormatException(message, cause);
  }
}
