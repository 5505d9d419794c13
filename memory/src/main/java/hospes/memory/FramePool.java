package hospes.memory;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Frames: 4 KiB pieces of host memory that hold guest memory, counted by reference.
///
/// One pool serves all guests that are to share memory; their threads may use it at the same time.
/// Frames come from 2 MiB [chunks][Chunk] outside the Java heap; a chunk of which no frame is used
/// goes back to the host.
///
/// A pool may have a limit. Frames are handed out beyond it all the same, so that no guest is
/// stopped in the middle of an instruction: [#shortage] tells how many must be given back, or else
/// which guests must wait, before the next slice.
public final class FramePool implements AutoCloseable {
  /// Bytes in a frame, and in a guest page.
  public static final int FRAME_SIZE = 4096;

  /// How a pool's frames are used.
  ///
  /// @param used frames that hold something
  /// @param shared those of them that more than one guest page refers to
  /// @param sharing how many guest pages more than frames there are: each saves a frame
  public record Statistics(long used, long shared, long sharing) {
    /// Bytes of host memory that sharing saves.
    public long savedBytes() {
      return sharing * FRAME_SIZE;
    }
  }

  private final Arena arena = Arena.ofShared();
  private final long zeroFrame = arena.allocate(FRAME_SIZE, FRAME_SIZE).address();
  private final Backings backings = new Backings();
  private final List<@Nullable Chunk> chunks = new ArrayList<>();

  /// Chunks with free frames; the first is used first, so that others may become empty.
  private final Set<Chunk> withRoom = new LinkedHashSet<>();

  private final Set<FrameTable> tables = Collections.newSetFromMap(new IdentityHashMap<>());
  private long limit;
  private long used;
  private int tableCount;
  private boolean forOnce;
  private boolean closed;

  /// An empty pool without a limit.
  public FramePool() {
    this(Long.MAX_VALUE);
  }

  /// An empty pool that shall hold at most `limit` frames.
  public FramePool(long limit) {
    this.limit = limit;
  }

  /// An empty pool without a limit that closes when the last guest is gone that has memory of it.
  public static FramePool forOnce() {
    FramePool pool = new FramePool();
    pool.forOnce = true;
    return pool;
  }

  /// The one frame of zeros that stands for all memory that no guest has written. Never written,
  /// never released.
  public long zeroFrame() {
    return zeroFrame;
  }

  /// Frames in use, the zero frame not counted.
  public synchronized long used() {
    return used;
  }

  /// Bytes of host memory that the pool holds, for frames in use and free ones. Where the host lets
  /// us, those that were never used take no memory.
  public synchronized long heldBytes() {
    return chunks.stream().filter(Objects::nonNull).count() * Chunk.SIZE;
  }

  /// How many frames shall be in use at most.
  public synchronized long limit() {
    return limit;
  }

  /// Sets how many frames shall be in use at most.
  public synchronized void setLimit(long frames) {
    limit = frames;
  }

  /// How many frames too many are in use.
  public synchronized long shortage() {
    return Math.max(0, used - limit);
  }

  /// How many frames fewer are in use than may be; negative where there are too many.
  public synchronized long room() {
    return limit - used;
  }

  /// How frames are used now. What guests do that run meanwhile may be seen in part.
  public synchronized Statistics statistics() {
    long shared = 0;
    for (Chunk chunk : chunks) {
      if (chunk != null) {
        shared += chunk.multiplyUsed();
      }
    }
    long mapped = 0;
    Set<PageBlock> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (FrameTable table : tables) {
      mapped += table.residentPages();
      shared += table.map().sharedOnlyByBlocks(seen);
    }
    return new Statistics(used, shared, Math.max(0, mapped - used));
  }

  /// Adds a guest; its number.
  synchronized int add(FrameTable table) {
    tables.add(table);
    return ++tableCount;
  }

  synchronized void remove(FrameTable table) {
    tables.remove(table);
    if (forOnce && tables.isEmpty()) {
      close();
    }
  }

  /// Has pages backed by a source from now on.
  public Backing open(PageSource source) {
    return backings.open(source);
  }

  Backings backings() {
    return backings;
  }

  /// A new frame of zeros with one reference; its host address.
  ///
  /// @throws HostMemoryException when the host has no more memory to give
  public long allocate() {
    long frame = take();
    RawMemory.fill(frame, FRAME_SIZE, (byte) 0);
    return frame;
  }

  /// A new frame with one reference that holds what another one does.
  ///
  /// @throws HostMemoryException when the host has no more memory to give
  long copy(long original) {
    long frame = take();
    RawMemory.copy(original, frame, FRAME_SIZE);
    return frame;
  }

  /// A new frame with one reference that holds the content of an array.
  ///
  /// @throws HostMemoryException when the host has no more memory to give
  long allocate(byte[] content) {
    long frame = take();
    RawMemory.copyIn(content, 0, frame, FRAME_SIZE);
    return frame;
  }

  /// A frame of anything.
  private synchronized long take() {
    Chunk chunk = withRoom.isEmpty() ? addChunk() : withRoom.iterator().next();
    long frame = chunk.take();
    if (chunk.isFull()) {
      withRoom.remove(chunk);
    }
    used++;
    RawMemory.putInt(Chunk.countAddress(frame), 1);
    return frame;
  }

  private Chunk addChunk() {
    int number = chunks.indexOf(null);
    if (number < 0) {
      number = chunks.size();
      chunks.add(null);
    }
    try {
      Chunk chunk = new Chunk(number);
      chunks.set(number, chunk);
      withRoom.add(chunk);
      return chunk;
    } catch (OutOfMemoryError exhausted) {
      throw new HostMemoryException(used * FRAME_SIZE, exhausted);
    }
  }

  /// Adds a reference: the frame is now shared, and may be written by nobody until the others
  /// released it.
  public void share(long frame) {
    if (frame != zeroFrame) {
      RawMemory.addInt(Chunk.countAddress(frame), 1);
    }
  }

  /// Whether more than one guest page refers to this frame.
  public boolean isShared(long frame) {
    return frame == zeroFrame || RawMemory.getIntVolatile(Chunk.countAddress(frame)) > 1;
  }

  int references(long frame) {
    return RawMemory.getIntVolatile(Chunk.countAddress(frame));
  }

  /// Drops a reference; the last one frees the frame.
  public void release(long frame) {
    if (frame != zeroFrame && RawMemory.addInt(Chunk.countAddress(frame), -1) == 1) {
      give(frame);
    }
  }

  private synchronized void give(long frame) {
    int number = Chunk.numberOf(frame);
    Chunk chunk = chunks.get(number);
    if (chunk == null) {
      throw new IllegalStateException("a frame was released after its chunk");
    }
    chunk.give(frame);
    used--;
    withRoom.add(chunk);
    // One chunk is kept, so that taking and giving one frame in turn costs little.
    if (chunk.isUnused() && withRoom.size() > 1) {
      withRoom.remove(chunk);
      chunks.set(number, null);
      chunk.free();
    }
  }

  /// Gives all host memory back; no frame may be touched afterwards.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Chunk chunk : chunks) {
      if (chunk != null) {
        chunk.free();
      }
    }
    chunks.clear();
    withRoom.clear();
    arena.close();
  }
}
