package hospes.devices.virtio;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/// A memory balloon (Virtio 1.2, 5.5): the guest gives pages to it that it can do without, as many
/// as the host asks for, and reports pages that are free anyway. Either way they are zeros from
/// then on and cost nothing until the guest writes them again.
///
/// Where the guest runs out of memory it takes pages back by itself (DEFLATE_ON_OOM).
public final class VirtioBalloon extends VirtioDevice {
  private static final int INFLATE = 0;
  private static final int DEFLATE = 1;

  private static final long F_DEFLATE_ON_OOM = 1L << 2;
  private static final long F_PAGE_REPORTING = 1L << 5;

  private static final int ACTUAL = 4;
  private static final int CONFIGURATION_BYTES = 8; // num_pages, actual
  private static final QueueLimits NUMBERS = new QueueLimits(128, 1 << 20, 16 << 20);
  private static final QueueLimits REPORTS = new QueueLimits(128, 1L << 40, 1L << 44);

  private final FrameTable memory;
  private final ByteBuffer configuration =
      ByteBuffer.allocate(CONFIGURATION_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /// An empty balloon.
  ///
  /// @param memory RAM, of which it takes pages
  public VirtioBalloon(FrameTable memory) {
    this.memory = memory;
  }

  /// Asks the guest to give so many pages of 4 KiB to the balloon in all; fewer than it holds lets
  /// the guest take some back.
  public void setTarget(long pages) {
    configuration.putInt(0, (int) Math.clamp(pages, 0, Integer.MAX_VALUE));
    configurationChanged();
  }

  /// Pages of 4 KiB that the guest says are in the balloon.
  public int actual() {
    return configuration.getInt(ACTUAL);
  }

  /// The same; empty where no driver runs that could be asked.
  public OptionalInt pages() {
    return isReady(INFLATE) ? OptionalInt.of(actual()) : OptionalInt.empty();
  }

  @Override
  int deviceType() {
    return 5;
  }

  @Override
  long features() {
    return F_DEFLATE_ON_OOM | F_PAGE_REPORTING;
  }

  // The standard gives reports queue 4. Linux counts only the queues that are there, so that it is
  // number 2 where statistics and hints are not offered. Whoever uses one of the others means it.
  @Override
  List<QueueLimits> queues() {
    return List.of(NUMBERS, NUMBERS, REPORTS, REPORTS, REPORTS);
  }

  @Override
  byte[] configuration() {
    return configuration.array();
  }

  @Override
  void configure(int index, byte value) {
    if (index >= ACTUAL && index < CONFIGURATION_BYTES) {
      configuration.put(index, value);
    }
  }

  /// The balloon is empty for the next driver (5.5.4, `actual`): what was in it is RAM as any
  /// other. What the host asks for (`num_pages`) is asked of the next one too.
  @Override
  void reset() {
    configuration.putInt(ACTUAL, 0);
  }

  @Override
  void kick(int queueNumber, Virtqueue queue) throws QueueFaultException {
    for (var chain = queue.take(); chain != null; chain = queue.take()) {
      switch (queueNumber) {
        case INFLATE -> inflate(chain.readable());
        case DEFLATE -> {} // The guest uses them again; they are there when it does.
        default -> chain.writable().forEachPiece(this::discard);
      }
      queue.give(chain, 0);
    }
  }

  /// Takes the pages whose numbers are in a list.
  private void inflate(ScatterList list) {
    byte[] bytes = new byte[(int) list.length() & -Integer.BYTES];
    list.read(0, bytes, 0, bytes.length);
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      discard(
          Integer.toUnsignedLong(numbers.getInt()) * FramePool.FRAME_SIZE, FramePool.FRAME_SIZE);
    }
  }

  /// Makes zeros of the whole pages in a range, as far as it is RAM.
  private void discard(long physicalAddress, long length) {
    long start = physicalAddress + FramePool.FRAME_SIZE - 1 & -FramePool.FRAME_SIZE;
    long end = physicalAddress + length & -FramePool.FRAME_SIZE;
    if (start < end && memory.contains(start, end - start)) {
      memory.discard(start, end - start);
    }
  }

  @Override
  void save(RecordWriter out) {
    out.putBytes(configuration.array());
  }

  @Override
  void restore(RecordReader in) {
    configuration.put(0, in.getBytes(CONFIGURATION_BYTES));
  }
}
