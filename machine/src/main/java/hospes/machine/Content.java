package hospes.machine;

import java.util.Arrays;

/// Bytes that cannot change: a kernel, a story, a file of a library. Named by their digest, read
/// when they are needed.
public interface Content {
  /// Size in bytes.
  long size();

  /// All bytes; not to be changed.
  ///
  /// @throws HostLossException where the host cannot read them (any more)
  byte[] bytes();

  /// The first bytes, at most `length` of them.
  ///
  /// @throws HostLossException where the host cannot read them (any more)
  default byte[] first(int length) {
    byte[] all = bytes();
    return all.length <= length ? all : Arrays.copyOf(all, length);
  }

  /// SHA-256 over all bytes, in hexadecimal.
  ///
  /// @throws HostLossException where the host cannot read them (any more)
  default String digest() {
    return Entropy.hex(bytes());
  }

  /// Bytes that are at hand.
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] bytes() {
        return bytes;
      }
    };
  }
}
