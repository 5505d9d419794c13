package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.devices.Device;
import hospes.devices.FakeLine;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;

/// A guest's virtio driver: sets a device up, fills its queues, looks at what comes back.
final class Driver {
  static final long RAM = 0x8000_0000L;
  static final long RAM_BYTES = 1 << 20;
  static final long BUFFERS = RAM + 0x40000;

  static final long VERSION_1 = 1L << 32;

  private static final int RING_BYTES = 0x4000;

  static final int NEXT = 1;
  static final int WRITE = 2;
  static final int INDIRECT = 4;

  final FrameTable memory;
  final FakeLine line = new FakeLine();
  private final Device device;
  private final int size;
  private final int[] added = new int[2];
  private final int[] seen = new int[2];

  /// A driver that uses rings of `size` descriptors.
  Driver(FrameTable memory, VirtioDevice device, int size) {
    this.memory = memory;
    this.size = size;
    this.device = new VirtioMmio("virtio", device, memory, line);
  }

  static FrameTable newMemory() {
    return new FrameTable(new FramePool(), RAM, RAM_BYTES);
  }

  Device device() {
    return device;
  }

  long read(long offset) {
    return device.read(offset, 4);
  }

  void write(long offset, long value) {
    device.write(offset, 4, value);
  }

  int status() {
    return (int) read(0x70);
  }

  boolean needsReset() {
    return (status() & 0x40) != 0;
  }

  /// Negotiates and returns the status afterwards.
  int negotiate(long features) {
    write(0x70, 0);
    write(0x70, 1);
    write(0x70, 3);
    write(0x24, 0);
    write(0x20, features & 0xffff_ffffL);
    write(0x24, 1);
    write(0x20, features >>> 32);
    write(0x70, 0xb);
    return status();
  }

  long offered() {
    write(0x14, 0);
    long low = read(0x10);
    write(0x14, 1);
    return read(0x10) << 32 | low;
  }

  /// Brings the device with `queues` queues to DRIVER_OK.
  void start(long features, int queues) {
    assertEquals(0xb, negotiate(features | VERSION_1));
    for (int queue = 0; queue < queues; queue++) {
      setUp(queue);
      added[queue] = 0;
      seen[queue] = 0;
    }
    write(0x70, 0xf);
  }

  /// Leaves in the middle of things, as a kernel that starts another one does, and brings the
  /// device to DRIVER_OK with fresh rings.
  void startOver(long features, int queues) {
    write(0x70, 0);
    assertEquals(0, status());
    byte[] zeros = new byte[RING_BYTES];
    for (int queue = 0; queue < queues; queue++) {
      memory.write(descriptors(queue), zeros, 0, RING_BYTES);
    }
    start(features, queues);
  }

  void setUp(int queue) {
    write(0x30, queue);
    write(0x38, size);
    writeLong(0x80, descriptors(queue));
    writeLong(0x90, available(queue));
    writeLong(0xa0, used(queue));
    write(0x44, 1);
  }

  private void writeLong(long offset, long value) {
    write(offset, value & 0xffff_ffffL);
    write(offset + 4, value >>> 32);
  }

  static long descriptors(int queue) {
    return RAM + (long) queue * RING_BYTES;
  }

  static long available(int queue) {
    return descriptors(queue) + 0x2000;
  }

  static long used(int queue) {
    return descriptors(queue) + 0x3000;
  }

  void describe(long table, int index, long address, long length, int flags, int next) {
    long at = table + 16L * index;
    memory.write(at, 8, address);
    memory.write(at + 8, 4, length);
    memory.write(at + 12, 2, flags);
    memory.write(at + 14, 2, next);
  }

  void offer(int queue, int head) {
    memory.write(available(queue) + 4 + 2L * (added[queue] % size), 2, head);
    added[queue]++;
    memory.write(available(queue) + 2, 2, added[queue] & 0xffff);
  }

  void kick(int queue) {
    write(0x50, queue);
  }

  int usedIndex(int queue) {
    return (int) memory.read(used(queue) + 2, 2);
  }

  /// The next request that came back: its head in the upper half, its length in the lower.
  long nextUsed(int queue) {
    long at = used(queue) + 4 + 8L * (seen[queue] % size);
    seen[queue]++;
    return memory.read(at, 4) << 32 | memory.read(at + 4, 4);
  }

  /// Offers one request of a readable and a writable buffer, kicks, and returns the used length.
  long request(int queue, byte[] readable, int writableBytes) {
    long out = BUFFERS;
    long in = BUFFERS + 0x20000;
    memory.write(out, readable, 0, readable.length);
    if (readable.length == 0) {
      describe(descriptors(queue), 0, in, writableBytes, WRITE, 0);
    } else if (writableBytes == 0) {
      describe(descriptors(queue), 0, out, readable.length, 0, 0);
    } else {
      describe(descriptors(queue), 0, out, readable.length, NEXT, 1);
      describe(descriptors(queue), 1, in, writableBytes, WRITE, 0);
    }
    offer(queue, 0);
    kick(queue);
    return nextUsed(queue);
  }

  /// What the device wrote in the last [#request].
  byte[] answer(int length) {
    byte[] bytes = new byte[length];
    memory.read(BUFFERS + 0x20000, bytes, 0, length);
    return bytes;
  }
}
