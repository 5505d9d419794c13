package hospes.memory;

import org.jspecify.annotations.Nullable;

/// 2 MiB of host memory, aligned to that: a frame for the reference counts of the others, and 511
/// frames.
///
/// The place of the first frame's count holds the chunk's number in its pool, so that both are
/// found from a frame's address. Where the host lets us, memory that was never written takes none.
/// Guarded by its pool.
final class Chunk {
  static final long SIZE = 2L << 20;
  static final int FRAMES = (int) (SIZE / FramePool.FRAME_SIZE) - 1;

  private static final int WORDS = (FRAMES + Long.SIZE) / Long.SIZE;

  private final long block;
  private final @Nullable HostBlock owner;
  private final long address;

  /// A bit for each frame that is free.
  private final long[] free = new long[WORDS];

  private int freeCount = FRAMES;

  /// A chunk of free frames.
  ///
  /// @throws OutOfMemoryError where the host has none
  Chunk(int number) {
    if (RawMemory.isDirect()) {
      owner = null;
      block = DirectAccess.allocate(2 * SIZE);
      address = block + SIZE - 1 & -SIZE;
    } else {
      owner = new HostBlock(SIZE, SIZE);
      block = 0;
      address = owner.address();
    }
    RawMemory.putInt(address, number);
    for (int frame = 1; frame <= FRAMES; frame++) {
      free[frame >>> 6] |= 1L << frame;
    }
  }

  long address() {
    return address;
  }

  /// Number of the chunk that holds a frame.
  static int numberOf(long frame) {
    return RawMemory.getInt(frame & -SIZE);
  }

  /// Where a frame's references are counted.
  static long countAddress(long frame) {
    long chunk = frame & -SIZE;
    return chunk + (frame - chunk) / FramePool.FRAME_SIZE * Integer.BYTES;
  }

  boolean isFull() {
    return freeCount == 0;
  }

  boolean isUnused() {
    return freeCount == FRAMES;
  }

  /// The address of a frame that was free.
  long take() {
    for (int word = 0; word < WORDS; word++) {
      if (free[word] != 0) {
        int bit = Long.numberOfTrailingZeros(free[word]);
        free[word] &= free[word] - 1;
        freeCount--;
        return address + ((long) word * Long.SIZE + bit) * FramePool.FRAME_SIZE;
      }
    }
    throw new IllegalStateException("the chunk is full");
  }

  /// Takes a frame back.
  void give(long frame) {
    int index = (int) ((frame - address) / FramePool.FRAME_SIZE);
    free[index >>> 6] |= 1L << index;
    freeCount++;
  }

  /// Frames that more than one entry of frame tables refers to.
  int multiplyUsed() {
    int count = 0;
    for (int frame = 1; frame <= FRAMES; frame++) {
      boolean used = (free[frame >>> 6] >>> frame & 1) == 0;
      if (used && RawMemory.getInt(address + (long) frame * Integer.BYTES) > 1) {
        count++;
      }
    }
    return count;
  }

  /// Gives the memory back to the host.
  void free() {
    HostBlock java = owner;
    if (java != null) {
      java.close();
    } else {
      DirectAccess.free(block);
    }
  }
}
