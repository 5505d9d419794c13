package hospes.devices.virtio;

import hospes.machine.BlockStore;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A disk (Virtio 1.2, 5.2) over a [BlockStore].
///
/// A request is done when the notification returns, within the instruction that wrote it. That is
/// deterministic because a disk's content is state of the machine like its RAM: nobody else changes
/// it, so what a request reads depends only on what the guest did before, and not on when the host
/// got around to it. The disk is not in the device's record; who takes a snapshot takes the disk's
/// content along.
///
/// A store that fails, and a request outside the disk, end with VIRTIO_BLK_S_IOERR. Without the
/// driver's VIRTIO_BLK_F_FLUSH each write is flushed before it is reported done (5.2.6.2).
public final class VirtioBlock extends VirtioDevice {
  private static final int SECTOR = 512;
  private static final int HEADER_BYTES = 16;
  private static final int SERIAL_BYTES = 20;
  private static final int COPY_BYTES = 64 << 10;

  private static final int QUEUE_SIZE = 256;
  private static final int MAX_SEGMENTS = 126;
  private static final int MAX_SEGMENT_BYTES = 128 << 10;
  private static final QueueLimits REQUESTS = new QueueLimits(QUEUE_SIZE, 16L << 20, 1L << 30);

  // 4 MiB a request: a host that cannot punch holes must write the zeros within one notification.
  private static final int MAX_ZERO_SECTORS = 8192;
  private static final int MAX_ZERO_SEGMENTS = 1;
  private static final int ZERO_SEGMENT_BYTES = 16;
  private static final int ZERO_UNMAP = 1;

  private static final long F_SIZE_MAX = 1L << 1;
  private static final long F_SEG_MAX = 1L << 2;
  private static final long F_RO = 1L << 5;
  private static final long F_BLK_SIZE = 1L << 6;
  private static final long F_FLUSH = 1L << 9;
  private static final long F_DISCARD = 1L << 13;
  private static final long F_WRITE_ZEROES = 1L << 14;

  private static final int T_IN = 0;
  private static final int T_OUT = 1;
  private static final int T_FLUSH = 4;
  private static final int T_GET_ID = 8;
  private static final int T_DISCARD = 11;
  private static final int T_WRITE_ZEROES = 13;

  /// The last byte of an answer (5.2.6).
  private enum Status {
    OK,
    IOERR,
    UNSUPP
  }

  private final BlockStore store;
  private final byte[] serial;
  private final byte[] configuration;
  private final byte[] copy = new byte[COPY_BYTES];

  /// Whether the driver takes a write that is reported done for one that lasts.
  private boolean writesThrough = true;

  /// A disk.
  ///
  /// @param store its content
  /// @param serial what the guest sees as its serial number: at most 20 ASCII characters
  public VirtioBlock(BlockStore store, String serial) {
    byte[] ascii = serial.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length > SERIAL_BYTES) {
      throw new IllegalArgumentException("a disk's serial has at most 20 characters: " + serial);
    }
    this.store = store;
    this.serial = Arrays.copyOf(ascii, SERIAL_BYTES);
    this.configuration = describe();
  }

  // 5.2.4
  private byte[] describe() {
    ByteBuffer space = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    space.putLong(0, store.size() / SECTOR);
    space.putInt(8, MAX_SEGMENT_BYTES);
    space.putInt(12, MAX_SEGMENTS);
    space.putInt(20, SECTOR);
    if (!store.isReadOnly()) {
      space.putInt(36, MAX_ZERO_SECTORS);
      space.putInt(40, MAX_ZERO_SEGMENTS);
      space.putInt(44, 1); // sectors a discard is aligned to
      space.putInt(48, MAX_ZERO_SECTORS);
      space.putInt(52, MAX_ZERO_SEGMENTS);
      space.put(56, (byte) 1); // write zeroes may unmap
    }
    return space.array();
  }

  @Override
  int deviceType() {
    return 2;
  }

  @Override
  long features() {
    long always = F_SIZE_MAX | F_SEG_MAX | F_BLK_SIZE | F_FLUSH;
    return always | (store.isReadOnly() ? F_RO : F_DISCARD | F_WRITE_ZEROES);
  }

  @Override
  List<QueueLimits> queues() {
    return List.of(REQUESTS);
  }

  @Override
  byte[] configuration() {
    return configuration;
  }

  @Override
  void activate(long features) {
    writesThrough = (features & F_FLUSH) == 0;
  }

  /// No request is under way between two instructions, and the content is nobody's to forget. A
  /// driver that has not negotiated knows of no flush (5.2.6.2).
  @Override
  void reset() {
    writesThrough = true;
  }

  @Override
  void kick(int queueNumber, Virtqueue queue) throws QueueFaultException {
    for (var chain = queue.take(); chain != null; chain = queue.take()) {
      queue.give(chain, serve(chain));
    }
  }

  /// Does a request and returns how many bytes were written, from the first writable one on.
  private long serve(DescriptorChain chain) throws QueueFaultException {
    ScatterList in = chain.readable();
    ScatterList out = chain.writable();
    if (in.length() < HEADER_BYTES || out.length() < 1) {
      throw new QueueFaultException("a request without header or status");
    }
    byte[] bytes = new byte[HEADER_BYTES];
    in.read(0, bytes, 0, HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int type = header.getInt(0);
    long sector = header.getLong(8);
    long room = out.length() - 1;
    Status status;
    try {
      status =
          switch (type) {
            case T_IN -> read(sector, out);
            case T_OUT -> write(sector, in);
            case T_FLUSH -> flush();
            case T_GET_ID -> identify(out);
            case T_DISCARD, T_WRITE_ZEROES -> zero(type, in);
            default -> Status.UNSUPP;
          };
    } catch (IOException failed) {
      status = Status.IOERR;
    }
    out.write(room, new byte[] {(byte) status.ordinal()}, 0, 1);
    long filled = status == Status.OK ? answerBytes(type, room) : 0;
    return filled == room ? room + 1 : filled;
  }

  private static long answerBytes(int type, long room) {
    return switch (type) {
      case T_IN -> room;
      case T_GET_ID -> Math.min(room, SERIAL_BYTES);
      default -> 0;
    };
  }

  private boolean isOnDisk(long sector, long bytes) {
    long sectors = store.size() / SECTOR;
    return bytes % SECTOR == 0
        && Long.compareUnsigned(sector, sectors) <= 0
        && bytes / SECTOR <= sectors - sector;
  }

  private Status read(long sector, ScatterList to) throws IOException {
    long length = to.length() - 1;
    if (!isOnDisk(sector, length)) {
      return Status.IOERR;
    }
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(COPY_BYTES, length - done);
      store.read(sector * SECTOR + done, copy, 0, part);
      to.write(done, copy, 0, part);
      done += part;
    }
    return Status.OK;
  }

  private Status write(long sector, ScatterList from) throws IOException {
    long length = from.length() - HEADER_BYTES;
    if (store.isReadOnly() || !isOnDisk(sector, length)) {
      return Status.IOERR;
    }
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(COPY_BYTES, length - done);
      from.read(HEADER_BYTES + done, copy, 0, part);
      store.write(sector * SECTOR + done, copy, 0, part);
      done += part;
    }
    if (writesThrough) {
      store.flush();
    }
    return Status.OK;
  }

  private Status flush() throws IOException {
    store.flush();
    return Status.OK;
  }

  private Status identify(ScatterList to) {
    to.write(0, serial, 0, (int) answerBytes(T_GET_ID, to.length() - 1));
    return Status.OK;
  }

  private Status zero(int type, ScatterList from) throws IOException {
    long length = from.length() - HEADER_BYTES;
    if (store.isReadOnly()
        || length % ZERO_SEGMENT_BYTES != 0
        || length > MAX_ZERO_SEGMENTS * ZERO_SEGMENT_BYTES) {
      return Status.IOERR;
    }
    byte[] bytes = new byte[(int) length];
    from.read(HEADER_BYTES, bytes, 0, bytes.length);
    ByteBuffer segments = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int knownFlags = type == T_WRITE_ZEROES ? ZERO_UNMAP : 0;
    while (segments.hasRemaining()) {
      long sector = segments.getLong();
      long sectors = Integer.toUnsignedLong(segments.getInt());
      int flags = segments.getInt();
      if ((flags & ~knownFlags) != 0) {
        return Status.UNSUPP;
      }
      if (sectors > MAX_ZERO_SECTORS || !isOnDisk(sector, sectors * SECTOR)) {
        return Status.IOERR;
      }
      store.discard(sector * SECTOR, sectors * SECTOR);
    }
    return Status.OK;
  }

  @Override
  void save(RecordWriter out) {
    // No request is under way between two instructions, and the content is the store's.
  }

  @Override
  void restore(RecordReader in) {
    // Nothing was saved.
  }
}
