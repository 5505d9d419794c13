package hospes.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import org.junit.jupiter.api.Test;

class BusTest {
  /// A register that tells the offset it was reached at.
  private static final class Echo extends RegisterDevice {
    private long written;

    Echo(String name) {
      super(name);
      registers
          .at(0, "OFFSET")
          .times(64)
          .port(index -> index * 4L, (index, value) -> written = value);
    }

    @Override
    public DeviceBinding binding() {
      return new DeviceBinding("note", "hospes,note");
    }

    @Override
    public int recordVersion() {
      return 1;
    }

    @Override
    public void save(RecordWriter out) {
      out.putLong(written);
    }

    @Override
    public void restore(RecordReader in) {
      written = in.getLong();
    }
  }

  private final Bus bus = new Bus();
  private final Echo low = new Echo("low");
  private final Echo high = new Echo("high");

  @Test
  void accessReachesTheDeviceAtItsOffset() {
    bus.attach(0x2000, 0x100, high);
    bus.attach(0x1000, 0x100, low);
    assertEquals(0x10, bus.read(0x1010, 4));
    assertEquals(0x20, bus.read(0x2020, 4));
    bus.write(0x2000, 4, 7);
    assertEquals(7, high.written);
    assertEquals(0, low.written);
  }

  @Test
  void onlyAnAccessThatLiesWithinOneDeviceIsAnswered() {
    bus.attach(0x1000, 0x100, low);
    bus.attach(0x1100, 0x100, high);
    assertTrue(bus.answers(0x10f8, 8));
    assertTrue(bus.answers(0x11ff, 1));
    assertFalse(bus.answers(0x10fc, 8), "across two devices");
    assertFalse(bus.answers(0x11fd, 4), "across the end");
    assertFalse(bus.answers(0xfff, 1));
    assertFalse(bus.answers(-1L, 8));
    assertFalse(bus.answers(Long.MAX_VALUE, 8));
    assertEquals(0, bus.read(0x5000, 8));
    bus.write(0x5000, 8, 1);
  }

  @Test
  void boardTableCannotGiveAnAddressTwice() {
    bus.attach(0x1000, 0x100, low);
    assertThrows(IllegalArgumentException.class, () -> bus.attach(0x10ff, 1, high));
    assertThrows(IllegalArgumentException.class, () -> bus.attach(0xf00, 0x101, high));
    assertThrows(IllegalArgumentException.class, () -> bus.attach(0x3000, 0, high));
    assertThrows(IllegalArgumentException.class, () -> bus.attach(Long.MAX_VALUE - 1, 0x100, high));
    bus.attach(0x1100, 0x10, high);
    assertEquals(2, bus.mappings().size());
  }
}
