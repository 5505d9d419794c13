package hospes.devices.virtio;

import hospes.memory.FrameTable;

/// One request of a driver: what the device may read, then what it may write (Virtio 1.2, 2.7.5).
final class DescriptorChain {
  private final FrameTable memory;
  private final int head;
  private final ScatterList readable;
  private final ScatterList writable;

  DescriptorChain(FrameTable memory, int head) {
    this.memory = memory;
    this.head = head;
    this.readable = new ScatterList(memory);
    this.writable = new ScatterList(memory);
  }

  /// Number of the first descriptor, by which the driver knows the request.
  int head() {
    return head;
  }

  /// What the driver says to the device.
  ScatterList readable() {
    return readable;
  }

  /// Where the device answers.
  ScatterList writable() {
    return writable;
  }

  /// Bytes of both.
  long bytes() {
    return readable.length() + writable.length();
  }

  void addReadable(long physicalAddress, long length) throws QueueFaultException {
    if (writable.length() > 0) {
      throw new QueueFaultException("a readable buffer follows a writable one");
    }
    add(readable, physicalAddress, length);
  }

  void addWritable(long physicalAddress, long length) throws QueueFaultException {
    add(writable, physicalAddress, length);
  }

  private void add(ScatterList list, long physicalAddress, long length) throws QueueFaultException {
    if (length == 0) {
      return;
    }
    if (!memory.contains(physicalAddress, length)) {
      throw new QueueFaultException(
          "a buffer of %#x bytes at %#x is not in RAM".formatted(length, physicalAddress));
    }
    list.add(physicalAddress, length);
  }
}
