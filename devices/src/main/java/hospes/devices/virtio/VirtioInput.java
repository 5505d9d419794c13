package hospes.devices.virtio;

import hospes.devices.ByteQueue;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An input device (Virtio 1.2, 5.8) with one key: the power button. Queue 0 brings its events to
/// the guest; queue 1, for the lights of keyboards, is emptied and otherwise ignored.
///
/// A press is for the driver that listens. A reset forgets the events that it has not been told
/// yet, as it forgets what was selected (2.4): a driver that starts anew must not be told of a key
/// that was pressed before.
public final class VirtioInput extends VirtioDevice {
  private static final int EVENTS = 0;
  private static final int EVENT_BYTES = 8;
  private static final int BACKLOG = 64 * EVENT_BYTES;
  private static final QueueLimits LIMITS = new QueueLimits(64, 1 << 12, 64 << 12);

  // The configuration space (5.8.4).
  private static final int SELECT = 0;
  private static final int SUBSELECT = 1;
  private static final int SIZE = 2;
  private static final int CONTENT = 8;
  private static final int CONTENT_BYTES = 128;
  private static final int ID_NAME = 0x01;
  private static final int ID_DEVICE_IDS = 0x03;
  private static final int EVENT_BITS = 0x11;

  // Linux's codes for input events, which the standard refers to.
  private static final short SYNCHRONIZATION = 0;
  private static final short KEY = 1;
  private static final short KEY_POWER = 116;
  private static final short BUS_VIRTUAL = 6;

  private final ByteQueue waiting = new ByteQueue(BACKLOG);
  private int select;
  private int subselect;

  /// A button that nobody pressed yet.
  public VirtioInput() {}

  /// Presses the button and lets it go.
  ///
  /// @return whether a driver listens; where none does, nothing happens
  public boolean press() {
    if (!isReady(EVENTS)) {
      return false;
    }
    if (waiting.room() >= 4 * EVENT_BYTES) {
      for (int pressed = 1; pressed >= 0; pressed--) {
        waiting.addAll(event(KEY, KEY_POWER, pressed));
        waiting.addAll(event(SYNCHRONIZATION, (short) 0, 0));
      }
    }
    serve(EVENTS);
    return true;
  }

  private static byte[] event(short type, short code, int value) {
    return ByteBuffer.allocate(EVENT_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(type)
        .putShort(code)
        .putInt(value)
        .array();
  }

  @Override
  int deviceType() {
    return 18;
  }

  @Override
  long features() {
    return 0;
  }

  @Override
  List<QueueLimits> queues() {
    return List.of(LIMITS, LIMITS);
  }

  @Override
  byte[] configuration() {
    byte[] content = selected();
    byte[] all = new byte[CONTENT + CONTENT_BYTES];
    all[SELECT] = (byte) select;
    all[SUBSELECT] = (byte) subselect;
    all[SIZE] = (byte) content.length;
    System.arraycopy(content, 0, all, CONTENT, content.length);
    return all;
  }

  private byte[] selected() {
    if (select == ID_NAME && subselect == 0) {
      return "Power Button".getBytes(StandardCharsets.US_ASCII);
    }
    if (select == ID_DEVICE_IDS && subselect == 0) {
      return ByteBuffer.allocate(8)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putShort(BUS_VIRTUAL)
          .array(); // vendor, product, version 0
    }
    if (select == EVENT_BITS && subselect == KEY) {
      byte[] keys = new byte[KEY_POWER / Byte.SIZE + 1];
      keys[KEY_POWER / Byte.SIZE] = 1 << KEY_POWER % Byte.SIZE;
      return keys;
    }
    return new byte[0];
  }

  @Override
  void configure(int index, byte value) {
    switch (index) {
      case SELECT -> select = value & 0xff;
      case SUBSELECT -> subselect = value & 0xff;
      default -> {} // the rest is only read
    }
  }

  @Override
  void reset() {
    select = 0;
    subselect = 0;
    waiting.clear();
  }

  @Override
  void kick(int queueNumber, Virtqueue queue) throws QueueFaultException {
    if (queueNumber == EVENTS) {
      bringEvents(queue);
    } else {
      for (var chain = queue.take(); chain != null; chain = queue.take()) {
        queue.give(chain, 0);
      }
    }
  }

  private void bringEvents(Virtqueue queue) throws QueueFaultException {
    while (!waiting.isEmpty()) {
      DescriptorChain chain = queue.take();
      if (chain == null) {
        return;
      }
      if (chain.writable().length() < EVENT_BYTES) {
        throw new QueueFaultException(
            "an event has %d bytes, the buffer %d"
                .formatted(EVENT_BYTES, chain.writable().length()));
      }
      chain.writable().write(0, waiting.take(EVENT_BYTES), 0, EVENT_BYTES);
      queue.give(chain, EVENT_BYTES);
    }
  }

  @Override
  void save(RecordWriter out) {
    out.putInt(select);
    out.putInt(subselect);
    waiting.save(out);
  }

  @Override
  void restore(RecordReader in) {
    select = in.getInt() & 0xff;
    subselect = in.getInt() & 0xff;
    waiting.restore(in);
  }
}
