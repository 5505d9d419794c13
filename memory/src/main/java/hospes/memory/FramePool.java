package hospes.memory;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/// Frames: 4 KiB pieces of host memory that hold guest memory, counted by reference.
///
/// Frames come from 2 MiB chunks outside the Java heap. A chunk is aligned to its size and its
/// first frame holds the reference counts of the others, so a frame's count is found from its
/// address alone. Not thread-safe: a pool belongs to the thread that runs its guests.
public final class FramePool implements AutoCloseable {
  /// Bytes in a frame, and in a guest page.
  public static final int FRAME_SIZE = 4096;

  private static final long CHUNK_SIZE = 2L << 20;

  private final Arena arena = Arena.ofShared();
  private final ArrayDeque<Long> free = new ArrayDeque<>();
  private final long zeroFrame;
  private long nextFresh;
  private long chunkEnd;
  private long used;

  /// An empty pool.
  public FramePool() {
    zeroFrame = arena.allocate(FRAME_SIZE, FRAME_SIZE).address();
  }

  /// The one frame of zeros that stands for all memory that no guest has written. Never written,
  /// never released.
  public long zeroFrame() {
    return zeroFrame;
  }

  /// Frames in use, the zero frame not counted.
  public long used() {
    return used;
  }

  /// A new frame of zeros with one reference; its host address.
  ///
  /// @throws HostMemoryException when the host has no more memory to give
  public long allocate() {
    long frame;
    Long recycled = free.poll();
    if (recycled != null) {
      frame = recycled;
      RawMemory.fill(frame, FRAME_SIZE, (byte) 0);
    } else {
      if (nextFresh == chunkEnd) {
        addChunk();
      }
      frame = nextFresh;
      nextFresh += FRAME_SIZE;
    }
    RawMemory.putInt(countAddress(frame), 1);
    used++;
    return frame;
  }

  private void addChunk() {
    try {
      long chunk = arena.allocate(CHUNK_SIZE, CHUNK_SIZE).address();
      nextFresh = chunk + FRAME_SIZE;
      chunkEnd = chunk + CHUNK_SIZE;
    } catch (OutOfMemoryError exhausted) {
      throw new HostMemoryException(used * FRAME_SIZE, exhausted);
    }
  }

  /// Adds a reference: the frame is now shared, and may be written by nobody until the others
  /// released it.
  public void share(long frame) {
    if (frame != zeroFrame) {
      long count = countAddress(frame);
      RawMemory.putInt(count, RawMemory.getInt(count) + 1);
    }
  }

  /// Whether more than one guest page refers to this frame.
  public boolean isShared(long frame) {
    return frame == zeroFrame || RawMemory.getInt(countAddress(frame)) > 1;
  }

  /// Drops a reference; the last one frees the frame.
  public void release(long frame) {
    if (frame == zeroFrame) {
      return;
    }
    long count = countAddress(frame);
    int left = RawMemory.getInt(count) - 1;
    RawMemory.putInt(count, left);
    if (left == 0) {
      free.add(frame);
      used--;
    }
  }

  private static long countAddress(long frame) {
    long chunk = frame & -CHUNK_SIZE;
    return chunk + (frame - chunk) / FRAME_SIZE * Integer.BYTES;
  }

  /// Gives all host memory back; no frame may be touched afterwards.
  @Override
  public void close() {
    arena.close();
  }
}
