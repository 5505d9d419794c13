package hospes.formats.compression;

import hospes.formats.FormatException;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

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

  /// Unpacks a frame that says how much it holds, which must be exactly `length` bytes.
  ///
  /// @throws FormatException where it is no such frame
  public static byte[] decompress(byte[] frame, int length) throws FormatException {
    byte[] content = new byte[length];
    int size;
    try {
      size = new ZstdJavaDecompressor().decompress(frame, 0, frame.length, content, 0, length);
    } catch (RuntimeException damaged) {
      throw damaged(damaged);
    }
    if (size != length) {
      throw damaged(null);
    }
    return content;
  }

  /// Unpacks the first `length` bytes of a frame; whatever follows does not matter.
  ///
  /// @throws FormatException where it is no frame, or holds less
  public static byte[] decompressStart(byte[] frame, int length) throws FormatException {
    try (ZstdJavaInputStream in = new ZstdJavaInputStream(new ByteArrayInputStream(frame))) {
      byte[] content = in.readNBytes(length);
      if (content.length == length) {
        return content;
      }
    } catch (IOException | RuntimeException damaged) {
      throw damaged(damaged);
    }
    throw damaged(null);
  }

  private static FormatException damaged(@org.jspecify.annotations.Nullable Exception cause) {
    String message = "damaged: what zstd packed cannot be unpacked";
    return cause == null ? new FormatException(message) : new FormatException(message, cause);
  }
}
