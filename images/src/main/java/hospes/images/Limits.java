package hospes.images;

/// How much of anything is still believed. Signed files are trusted to be Debian's, not to be free
/// of mistakes.
final class Limits {
  /// Memory for one xz decoder, KiB: enough for every preset of xz, whose largest takes 65 MiB.
  static final int XZ_MEMORY_KIB = 256 << 10;

  /// Bytes of the signed index.
  static final int RELEASE = 16 << 20;

  /// Bytes of a kernel.
  static final int KERNEL = 512 << 20;

  /// Bytes of one module, uncompressed.
  static final int MODULE = 64 << 20;

  /// Bytes of another file that is taken from a package.
  static final int FILE = 32 << 20;

  private Limits() {}
}
