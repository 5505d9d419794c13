package hospes.devices.virtio;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.memory.FrameTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A split virtqueue, the device's side (Virtio 1.2, 2.7), with indirect descriptors and event
/// indices.
///
/// Everything in it comes from the guest and is believed only after a check. What one notification
/// can cost is bounded: the available index is read once for it, a chain may visit each descriptor
/// of its table once, and [QueueLimits] bounds the bytes. Use it so: [#open], then [#take] and
/// [#give] for each request, then [#close].
final class Virtqueue {
  /// VIRTIO_F_INDIRECT_DESC.
  static final long INDIRECT_DESCRIPTORS = 1L << 28;

  /// VIRTIO_F_EVENT_IDX.
  static final long EVENT_INDEX = 1L << 29;

  private static final int DESCRIPTOR_BYTES = 16;
  private static final int MAX_INDIRECT_ENTRIES = 1024;
  private static final int FLAG_NEXT = 1;
  private static final int FLAG_WRITE = 2;
  private static final int FLAG_INDIRECT = 4;
  private static final int AVAILABLE_NO_INTERRUPT = 1;
  private static final int INDEX_MASK = 0xffff;

  private final FrameTable memory;
  private final QueueLimits limits;
  private final byte[] scratch = new byte[DESCRIPTOR_BYTES];
  private final ByteBuffer descriptor = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);

  private long size;
  private long descriptorTable;
  private long availableRing;
  private long usedRing;
  private boolean ready;
  private int nextAvailable;
  private int nextUsed;

  // While it is open.
  private long features;
  private int waiting;
  private int usedAtOpen;
  private long bytesLeft;

  Virtqueue(FrameTable memory, QueueLimits limits) {
    this.memory = memory;
    this.limits = limits;
    reset();
  }

  /// Back to the state of power-on.
  void reset() {
    ready = false;
    size = limits.maxSize();
    descriptorTable = 0;
    availableRing = 0;
    usedRing = 0;
    nextAvailable = 0;
    nextUsed = 0;
  }

  int maxSize() {
    return limits.maxSize();
  }

  boolean isReady() {
    return ready;
  }

  void setSize(long newSize) {
    size = newSize;
  }

  long descriptorTable() {
    return descriptorTable;
  }

  void setDescriptorTable(long physicalAddress) {
    descriptorTable = physicalAddress;
  }

  long availableRing() {
    return availableRing;
  }

  void setAvailableRing(long physicalAddress) {
    availableRing = physicalAddress;
  }

  long usedRing() {
    return usedRing;
  }

  void setUsedRing(long physicalAddress) {
    usedRing = physicalAddress;
  }

  /// Begins to serve the queue, at index 0 of both rings.
  ///
  /// @throws QueueFaultException where the driver set up what cannot be a queue
  void start() throws QueueFaultException {
    checkSetup();
    nextAvailable = 0;
    nextUsed = 0;
    ready = true;
  }

  /// Serves the queue no longer.
  void stop() {
    ready = false;
  }

  private void checkSetup() throws QueueFaultException {
    if (size <= 0 || size > limits.maxSize() || Long.bitCount(size) != 1) {
      throw new QueueFaultException("a queue cannot have %d descriptors".formatted(size));
    }
    checkPart("descriptor table", descriptorTable, DESCRIPTOR_BYTES * size, DESCRIPTOR_BYTES);
    checkPart("available ring", availableRing, 6 + 2 * size, 2);
    checkPart("used ring", usedRing, 6 + 8 * size, 4);
  }

  private void checkPart(String part, long physicalAddress, long length, int alignment)
      throws QueueFaultException {
    if (physicalAddress % alignment != 0 || !memory.contains(physicalAddress, length)) {
      throw new QueueFaultException(
          "the %s at %#x is not aligned, or not in RAM".formatted(part, physicalAddress));
    }
  }

  /// Looks which requests wait; those that are added later wait for the next notification.
  void open(long negotiatedFeatures) throws QueueFaultException {
    features = negotiatedFeatures;
    int added = (int) memory.read(availableRing + 2, Short.BYTES);
    waiting = added - nextAvailable & INDEX_MASK;
    if (waiting > size) {
      throw new QueueFaultException(
          "the available index went from %d to %d in a ring of %d"
              .formatted(nextAvailable, added, size));
    }
    usedAtOpen = nextUsed;
    bytesLeft = limits.kickBytes();
  }

  /// The next request; null where none waits.
  @Nullable DescriptorChain take() throws QueueFaultException {
    if (waiting == 0) {
      return null;
    }
    long slot = availableRing + 4 + 2 * (nextAvailable & size - 1);
    DescriptorChain chain = walk((int) memory.read(slot, Short.BYTES));
    bytesLeft -= chain.bytes();
    if (bytesLeft < 0) {
      throw new QueueFaultException("one notification asks for too many bytes");
    }
    nextAvailable = nextAvailable + 1 & INDEX_MASK;
    waiting--;
    return chain;
  }

  private DescriptorChain walk(int head) throws QueueFaultException {
    DescriptorChain chain = new DescriptorChain(memory, head);
    long table = descriptorTable;
    long entries = size;
    boolean isIndirect = false;
    int index = head;
    for (long visitsLeft = entries; visitsLeft > 0; visitsLeft--) {
      if (index >= entries) {
        throw new QueueFaultException(
            "no descriptor %d in a table of %d".formatted(index, entries));
      }
      memory.read(table + (long) DESCRIPTOR_BYTES * index, scratch, 0, DESCRIPTOR_BYTES);
      long address = descriptor.getLong(0);
      long length = Integer.toUnsignedLong(descriptor.getInt(8));
      int flags = descriptor.getShort(12);
      if ((flags & FLAG_INDIRECT) != 0) {
        if (isIndirect) {
          throw new QueueFaultException("an indirect table in an indirect table");
        }
        checkIndirect(address, length, flags);
        isIndirect = true;
        table = address;
        entries = length / DESCRIPTOR_BYTES;
        index = 0;
        visitsLeft = entries + 1; // the loop takes one off
        continue;
      }
      if ((flags & FLAG_WRITE) != 0) {
        chain.addWritable(address, length);
      } else {
        chain.addReadable(address, length);
      }
      if (chain.bytes() > limits.chainBytes()) {
        throw new QueueFaultException("a request of more than %d bytes".formatted(chain.bytes()));
      }
      if ((flags & FLAG_NEXT) == 0) {
        return chain;
      }
      index = descriptor.getShort(14) & 0xffff;
    }
    throw new QueueFaultException("the chain from descriptor %d has a loop".formatted(head));
  }

  private void checkIndirect(long address, long length, int flags) throws QueueFaultException {
    if ((features & INDIRECT_DESCRIPTORS) == 0) {
      throw new QueueFaultException("an indirect table without having negotiated it");
    }
    if ((flags & FLAG_NEXT) != 0) {
      throw new QueueFaultException("a chain goes on behind an indirect table");
    }
    if (length == 0
        || length % DESCRIPTOR_BYTES != 0
        || length > (long) MAX_INDIRECT_ENTRIES * DESCRIPTOR_BYTES
        || !memory.contains(address, length)) {
      throw new QueueFaultException(
          "an indirect table of %#x bytes at %#x".formatted(length, address));
    }
  }

  /// Hands a request back.
  ///
  /// @param written bytes written, from the first writable one on
  void give(DescriptorChain chain, long written) {
    long slot = usedRing + 4 + 8 * (nextUsed & size - 1);
    memory.write(slot, Integer.BYTES, chain.head());
    memory.write(slot + 4, Integer.BYTES, written);
    nextUsed = nextUsed + 1 & INDEX_MASK;
    memory.write(usedRing + 2, Short.BYTES, nextUsed);
  }

  /// Ends serving a notification.
  ///
  /// @return whether the driver wants to be interrupted (Virtio 1.2, 2.7.7 and 2.7.10)
  boolean close() {
    if ((features & EVENT_INDEX) == 0) {
      int flags = (int) memory.read(availableRing, Short.BYTES);
      return nextUsed != usedAtOpen && (flags & AVAILABLE_NO_INTERRUPT) == 0;
    }
    int seen = nextAvailable + waiting & INDEX_MASK;
    memory.write(usedRing + 4 + 8 * size, Short.BYTES, seen);
    int usedEvent = (int) memory.read(availableRing + 4 + 2 * size, Short.BYTES);
    return (nextUsed - usedEvent - 1 & INDEX_MASK) < (nextUsed - usedAtOpen & INDEX_MASK);
  }

  void save(RecordWriter out) {
    out.putLong(size);
    out.putLong(descriptorTable);
    out.putLong(availableRing);
    out.putLong(usedRing);
    out.putBoolean(ready);
    out.putInt(nextAvailable);
    out.putInt(nextUsed);
  }

  void restore(RecordReader in) {
    size = in.getLong();
    descriptorTable = in.getLong();
    availableRing = in.getLong();
    usedRing = in.getLong();
    ready = in.getBoolean();
    nextAvailable = in.getInt() & INDEX_MASK;
    nextUsed = in.getInt() & INDEX_MASK;
    if (ready) {
      try {
        checkSetup();
      } catch (QueueFaultException damaged) {
        throw new SnapshotException("the record of a virtqueue is damaged", damaged);
      }
    }
  }
}
