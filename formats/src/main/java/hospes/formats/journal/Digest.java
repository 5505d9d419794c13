package hospes.formats.journal;

import java.util.HexFormat;

/// A SHA-256 digest.
///
/// @param hex its 32 bytes as 64 lower-case digits
public record Digest(String hex) {
  static final int BYTES = 32;

  /// @throws IllegalArgumentException where it is no such text
  public Digest {
    if (hex.length() != 2 * BYTES || !HexFormat.of().formatHex(parse(hex)).equals(hex)) {
      throw new IllegalArgumentException("no SHA-256 digest: " + hex);
    }
  }

  /// What `java.security.MessageDigest` gives.
  ///
  /// @throws IllegalArgumentException unless these are 32 bytes
  public static Digest of(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(bytes));
  }

  /// Its 32 bytes.
  public byte[] bytes() {
    return parse(hex);
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
