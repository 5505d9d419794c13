package hospes.devices;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.ArrayDeque;

/// Bytes that wait in a device for the guest to take them, first in, first out; part of the
/// device's state.
public final class ByteQueue {
  private final ArrayDeque<Byte> bytes = new ArrayDeque<>();
  private final int limit;

  /// An empty queue for at most `limit` bytes.
  public ByteQueue(int limit) {
    this.limit = limit;
  }

  /// Bytes in the queue.
  public int size() {
    return bytes.size();
  }

  /// Whether there is nothing to take.
  public boolean isEmpty() {
    return bytes.isEmpty();
  }

  /// Bytes that can be added.
  public int room() {
    return Math.max(limit - bytes.size(), 0);
  }

  /// Adds a byte at the end, unless the queue is full.
  ///
  /// @return whether there was room
  public boolean add(byte value) {
    return room() > 0 && bytes.add(value);
  }

  /// Adds as many bytes as there is room for.
  ///
  /// @return how many were added
  public int addAll(byte[] values) {
    int added = Math.min(values.length, room());
    for (int i = 0; i < added; i++) {
      bytes.add(values[i]);
    }
    return added;
  }

  /// Takes the first byte; 0 where the queue is empty.
  public byte take() {
    Byte first = bytes.poll();
    return first == null ? 0 : first;
  }

  /// Takes the first bytes, at most `most`.
  public byte[] take(int most) {
    byte[] taken = new byte[Math.min(most, bytes.size())];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = take();
    }
    return taken;
  }

  /// Puts all bytes of `other` back in front, in their order, even beyond the limit: they have been
  /// here before.
  public void takeBack(ByteQueue other) {
    while (!other.bytes.isEmpty()) {
      bytes.addFirst(other.bytes.removeLast());
    }
  }

  /// Forgets all.
  public void clear() {
    bytes.clear();
  }

  /// Writes the content.
  public void save(RecordWriter out) {
    out.putInt(bytes.size());
    byte[] content = new byte[bytes.size()];
    int i = 0;
    for (byte value : bytes) {
      content[i++] = value;
    }
    out.putBytes(content);
  }

  /// Takes over a content that [#save] wrote.
  public void restore(RecordReader in) {
    bytes.clear();
    // Twice: bytes that were taken back may stand beyond the limit.
    for (byte value : in.getBytes(in.getCount(2 * limit))) {
      bytes.add(value);
    }
  }
}
