package hospes.devices;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/// The core-local interruptor: software interrupts and timers for each hart (SiFive FU540-C000
/// Manual, chapter 9; RISC-V ACLINT, chapters 2 and 3).
///
/// | offset | register |
/// |---|---|
/// | 0x0000 + 4 × hart | MSIP: bit 0 drives [HartInterrupt#MACHINE_SOFTWARE] |
/// | 0x4000 + 8 × hart | MTIMECMP: [HartInterrupt#MACHINE_TIMER] is high while MTIME ≥ it |
/// | 0xbff8 | MTIME, in ticks of the timebase |
///
/// Time comes from outside, so a timer goes off when somebody looks: the board calls [#update] when
/// its ticks reach [#nextDeadlineTicks]. At power-on each MTIMECMP is all ones: no timer is set.
public final class Clint extends RegisterDevice {
  /// Addresses that the device takes.
  public static final long SIZE = 0x10000;

  private static final long NEVER = -1L;

  private final List<HartLines> harts;
  private final LongSupplier ticks;
  private final boolean[] softwarePending;
  private final long[] compare;
  private long offset;

  /// A CLINT.
  ///
  /// @param harts the harts, by number
  /// @param ticks ticks of the timebase since power-on; never runs backwards
  public Clint(String name, List<HartLines> harts, LongSupplier ticks) {
    super(name);
    this.harts = List.copyOf(harts);
    this.ticks = ticks;
    int count = harts.size();
    softwarePending = new boolean[count];
    compare = new long[count];
    Arrays.fill(compare, NEVER);
    registers
        .at(0x0000, "MSIP")
        .times(count)
        .readWrite(hart -> softwarePending[hart] ? 1 : 0, this::setSoftwarePending);
    registers
        .at(0x4000, "MTIMECMP")
        .width(Long.BYTES)
        .times(count)
        .readWrite(hart -> compare[hart], this::setCompare);
    registers.at(0xbff8, "MTIME").width(Long.BYTES).readWrite(this::time, this::setTime);
  }

  /// MTIME now: what the harts' `time` CSR shows.
  public long time() {
    return ticks.getAsLong() + offset;
  }

  private void setTime(long value) {
    offset += value - time();
    update();
  }

  private void setSoftwarePending(int hart, long value) {
    softwarePending[hart] = (value & 1) != 0;
    driveSoftware(hart);
  }

  private void driveSoftware(int hart) {
    harts.get(hart).set(HartInterrupt.MACHINE_SOFTWARE, Level.of(softwarePending[hart]));
  }

  private void setCompare(int hart, long value) {
    compare[hart] = value;
    driveTimer(hart, time());
  }

  private void driveTimer(int hart, long now) {
    boolean due = Long.compareUnsigned(now, compare[hart]) >= 0;
    harts.get(hart).set(HartInterrupt.MACHINE_TIMER, Level.of(due));
  }

  /// Drives every timer wire as the time of now demands.
  public void update() {
    long now = time();
    for (int hart = 0; hart < compare.length; hart++) {
      driveTimer(hart, now);
    }
  }

  /// Ticks since power-on at which the next timer goes off, those that already did not counted;
  /// [Long#MAX_VALUE] where there is none.
  public long nextDeadlineTicks() {
    long now = time();
    long next = Long.MAX_VALUE;
    for (long value : compare) {
      if (Long.compareUnsigned(value, now) > 0) {
        next = Math.min(next, ticksAt(value));
      }
    }
    return next;
  }

  /// Ticks since power-on at which MTIME reaches a value, for timers that compare with it elsewhere
  /// (Sstc's `stimecmp`): now where it already did, [Long#MAX_VALUE] where it is beyond counting.
  public long ticksAt(long time) {
    long ticksNow = ticks.getAsLong();
    long now = ticksNow + offset;
    if (Long.compareUnsigned(time, now) <= 0) {
      return ticksNow;
    }
    long wait = time - now;
    return wait < 0 || ticksNow + wait < 0 ? Long.MAX_VALUE : ticksNow + wait;
  }

  @Override
  public DeviceBinding binding() {
    return new DeviceBinding("clint", "sifive,clint0", "riscv,clint0");
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(offset);
    for (int hart = 0; hart < compare.length; hart++) {
      out.putLong(compare[hart]);
      out.putBoolean(softwarePending[hart]);
    }
  }

  @Override
  public void restore(RecordReader in) {
    offset = in.getLong();
    for (int hart = 0; hart < compare.length; hart++) {
      compare[hart] = in.getLong();
      softwarePending[hart] = in.getBoolean();
    }
  }
}
