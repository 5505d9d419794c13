package hospes.formats.snapshot;

/// How a snapshot's content is packed. A reader reads both.
public enum Compression {
  /// Not at all: written and read at the disk's speed.
  NONE,
  /// With Zstandard, where that makes it smaller.
  ZSTD
}
