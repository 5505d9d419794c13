package hospes.formats.qcow2;

import hospes.formats.FormatException;

/// What an L2 entry says of a cluster of the disk ("Cluster mapping").
sealed interface L2Entry {
  /// Refers to a table or cluster that nothing else refers to.
  long COPIED = 1L << 63;

  /// The word of a cluster that reads as zeros and has no place in the file.
  long ZERO_WORD = 1;

  /// Bits of an entry that hold an offset.
  long OFFSET_MASK = (1L << 56) - (1L << 9);

  long COMPRESSED = 1L << 62;

  /// Shows the backing file.
  record Unallocated() implements L2Entry {}

  /// Reads as zeros.
  ///
  /// @param offset a cluster kept for it, or 0
  record Zero(long offset, Ownership ownership) implements L2Entry {}

  /// Is at this offset.
  record Standard(long offset, Ownership ownership) implements L2Entry {}

  /// Is packed.
  ///
  /// @param offset where it begins
  /// @param length bytes up to the end of its last sector; it may need less
  record Compressed(long offset, int length) implements L2Entry {}

  /// Whether others refer to it too.
  enum Ownership {
    /// Nobody else: it may be written in place.
    ALONE,
    /// Perhaps a snapshot.
    SHARED;

    static Ownership of(long word) {
      return (word & COPIED) != 0 ? ALONE : SHARED;
    }
  }

  /// Takes an entry apart.
  ///
  /// @throws FormatException where it is impossible
  static L2Entry of(long word, Qcow2Header header) throws FormatException {
    if ((word & COMPRESSED) != 0) {
      int bits = 62 - (header.clusterBits() - 8);
      long offset = word & (1L << bits) - 1 & (1L << 56) - 1;
      int sectors = (int) ((word & COMPRESSED - 1) >>> bits) + 1;
      return new Compressed(offset, (int) (sectors * 512L - (offset & 511)));
    }
    long offset = word & OFFSET_MASK;
    boolean zero = (word & 1) != 0;
    if ((word & ~(OFFSET_MASK | COPIED | 1)) != 0
        || offset % header.clusterSize() != 0
        || zero && header.version() < 3) {
      throw new FormatException("damaged qcow2 image: an L2 entry is %#x".formatted(word));
    }
    if (zero) {
      return new Zero(offset, Ownership.of(word));
    }
    return offset == 0 ? new Unallocated() : new Standard(offset, Ownership.of(word));
  }
}
