package hospes.devices;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// The board's power switch as a device: SiFive's `test` finisher, as QEMU's `virt` has it.
///
/// | low 16 bits written | effect |
/// |---|---|
/// | 0x5555 | power-off, exit code 0 |
/// | 0x3333 | power-off, exit code in the upper 16 bits; 1 where they are 0 |
/// | 0x7777 | reset |
public final class TestFinisher extends RegisterDevice {
  /// Addresses that the device takes.
  public static final long SIZE = 0x1000;

  /// Powers the machine off.
  public static final int PASS = 0x5555;

  /// Powers the machine off with the exit code in the upper half.
  public static final int FAIL = 0x3333;

  /// Resets the machine.
  public static final int RESET = 0x7777;

  private final PowerControl power;

  /// A finisher that acts on `power`.
  public TestFinisher(String name, PowerControl power) {
    super(name);
    this.power = power;
    registers.at(0x00, "FINISH").writeOnly(this::finish);
  }

  private void finish(long value) {
    int code = (int) (value >>> 16);
    switch ((int) value & 0xffff) {
      case PASS -> power.powerOff(0);
      case FAIL -> power.powerOff(Math.max(code, 1));
      case RESET -> power.reset();
      default -> {} // as the data sheet: anything else is ignored
    }
  }

  @Override
  public DeviceBinding binding() {
    return new DeviceBinding("test", "sifive,test1", "sifive,test0", "syscon");
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    // No state: it acts at once.
  }

  @Override
  public void restore(RecordReader in) {
    // No state.
  }
}
