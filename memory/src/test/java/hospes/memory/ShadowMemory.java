package hospes.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

/// A guest's memory beside a plain array that says what it must hold. Accesses go through a TLB, as
/// a guest's do, or past it, as a device's do.
final class ShadowMemory implements AutoCloseable {
  static final long RAM = 0x8000_0000L;
  static final int PAGE = FramePool.FRAME_SIZE;

  final FrameTable table;
  private final AddressSpace space;
  private final byte[] expected;

  ShadowMemory(FramePool pool, int pages) {
    this(new FrameTable(pool, RAM, (long) pages * PAGE), new byte[pages * PAGE]);
  }

  private ShadowMemory(FrameTable table, byte[] expected) {
    this.table = table;
    this.expected = expected;
    this.space = new AddressSpace(table, new Straight(), new NoDevices(), 2);
  }

  ShadowMemory fork() {
    return new ShadowMemory(table.fork(), expected.clone());
  }

  /// Each address is where it is called.
  private static final class Straight implements AddressTranslation {
    @Override
    public long translate(long virtualAddress, Access access, int bytes) {
      return virtualAddress & -PAGE | WHOLE_PAGE;
    }

    @Override
    public RuntimeException accessFault(long virtualAddress, Access access) {
      return new IllegalStateException("no RAM at %#x".formatted(virtualAddress));
    }
  }

  private static final class NoDevices implements DeviceAccess {
    @Override
    public boolean answers(long physicalAddress, int bytes) {
      return false;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      throw new AssertionError();
    }

    @Override
    public void write(long physicalAddress, int bytes, long value) {
      throw new AssertionError();
    }
  }

  int pages() {
    return expected.length / PAGE;
  }

  /// Writes one byte as the guest does.
  void store(int offset, int value) {
    space.select(offset & 1);
    space.storeByte(RAM + offset, value);
    expected[offset] = (byte) value;
  }

  /// Reads one byte as the guest does, and looks whether it is the right one.
  void load(int offset) {
    space.select(offset & 1);
    assertEquals(expected[offset] & 0xff, space.loadByte(RAM + offset), "at " + offset);
  }

  /// Writes as a device does.
  void write(int offset, byte[] bytes) {
    table.write(RAM + offset, bytes, 0, bytes.length);
    System.arraycopy(bytes, 0, expected, offset, bytes.length);
  }

  /// Fills a page with what is the same for the same `kind`; zeros for kind 0.
  void fill(int page, int kind) {
    byte[] bytes = new byte[PAGE];
    if (kind != 0) {
      new Random(kind).nextBytes(bytes);
    }
    write(page * PAGE, bytes);
  }

  void discard(int page) {
    table.discard(RAM + (long) page * PAGE, PAGE);
    Arrays.fill(expected, page * PAGE, (page + 1) * PAGE, (byte) 0);
  }

  /// From now on the page holds these bytes, wherever they are.
  void expect(int page, byte[] bytes) {
    System.arraycopy(bytes, 0, expected, page * PAGE, PAGE);
  }

  /// Looks at all of memory without touching it.
  void check() {
    byte[] page = new byte[PAGE];
    for (int i = 0; i < pages(); i++) {
      boolean any = table.copyPage(i, page);
      byte[] wanted = Arrays.copyOfRange(expected, i * PAGE, (i + 1) * PAGE);
      assertArrayEquals(wanted, page, "page " + i);
      assertEquals(!Arrays.equals(wanted, new byte[PAGE]), any, "page " + i);
    }
  }

  @Override
  public void close() {
    space.close();
    table.close();
  }
}
