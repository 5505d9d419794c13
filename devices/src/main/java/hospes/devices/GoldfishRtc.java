package hospes.devices;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.function.LongSupplier;

/// Google's Goldfish real-time clock with an alarm (Android's GOLDFISH-VIRTUAL-HARDWARE.TXT,
/// "RTC"), as QEMU's `virt` has it.
///
/// It counts nanoseconds since 1970. Its time is guest time plus an offset that the board chooses
/// and the guest may set, so the same run always shows the same time of day. The board calls
/// [#tick] when guest time reaches [#nextDeadline].
public final class GoldfishRtc extends RegisterDevice {
  /// Addresses that the device takes.
  public static final long SIZE = 0x1000;

  private final LongSupplier guestNanoseconds;
  private final InterruptLine line;
  private long offset;
  private long latched;
  private long alarm;
  private boolean armed;
  private boolean enabled;
  private boolean pending;

  /// A clock.
  ///
  /// @param guestNanoseconds guest time since power-on
  /// @param epochOffset nanoseconds since 1970-01-01 00:00 UTC at power-on
  /// @param line asks for service when the alarm went off
  public GoldfishRtc(
      String name, LongSupplier guestNanoseconds, long epochOffset, InterruptLine line) {
    super(name);
    this.guestNanoseconds = guestNanoseconds;
    this.offset = epochOffset;
    this.line = line;
    registers.at(0x00, "TIME_LOW").port(this::latch, low -> setTime(withLow(now(), low)));
    registers
        .at(0x04, "TIME_HIGH")
        .port(() -> latched >>> 32, high -> setTime(withHigh(now(), high)));
    registers.at(0x08, "ALARM_LOW").readWrite(() -> alarm, this::arm);
    registers
        .at(0x0c, "ALARM_HIGH")
        .readWrite(() -> alarm >>> 32, high -> alarm = withHigh(alarm, high));
    registers.at(0x10, "IRQ_ENABLED").readWrite(() -> enabled ? 1 : 0, this::enable);
    registers.at(0x14, "CLEAR_ALARM").writeOnly(ignored -> armed = false);
    registers.at(0x18, "ALARM_STATUS").readOnly(() -> armed ? 1 : 0);
    registers.at(0x1c, "CLEAR_INTERRUPT").writeOnly(ignored -> clearInterrupt());
  }

  private static long withLow(long value, long low) {
    return value & ~0xffff_ffffL | low;
  }

  private static long withHigh(long value, long high) {
    return high << 32 | value & 0xffff_ffffL;
  }

  private long now() {
    return guestNanoseconds.getAsLong() + offset;
  }

  /// The time of day, in nanoseconds since 1970.
  public long timeOfDay() {
    return now();
  }

  /// Sets the time of day from outside, as the guest may do it itself.
  public void setTimeOfDay(long nanoseconds) {
    setTime(nanoseconds);
  }

  // Reading the lower half keeps the upper one for the read that follows, so that both belong
  // together.
  private long latch() {
    latched = now();
    return latched;
  }

  private void setTime(long nanoseconds) {
    offset += nanoseconds - now();
    tick();
  }

  // Drivers write the upper half first; the lower one arms the alarm.
  private void arm(long low) {
    alarm = withLow(alarm, low);
    armed = true;
    tick();
  }

  private void enable(long value) {
    enabled = (value & 1) != 0;
    drive();
  }

  private void clearInterrupt() {
    pending = false;
    drive();
  }

  private void drive() {
    line.set(Level.of(pending && enabled));
  }

  /// Guest time in nanoseconds since power-on at which the alarm goes off; [Long#MAX_VALUE] where
  /// none is set.
  public long nextDeadline() {
    if (!armed) {
      return Long.MAX_VALUE;
    }
    long guest = guestNanoseconds.getAsLong();
    if (isDue()) {
      return guest;
    }
    // An alarm centuries away, beyond what a long counts, never goes off.
    long wait = alarm - now();
    return wait < 0 || guest + wait < 0 ? Long.MAX_VALUE : guest + wait;
  }

  private boolean isDue() {
    return Long.compareUnsigned(alarm, now()) <= 0;
  }

  /// Lets the alarm go off if its time has come.
  public void tick() {
    if (armed && isDue()) {
      armed = false;
      pending = true;
      drive();
    }
  }

  @Override
  public DeviceBinding binding() {
    return new DeviceBinding("rtc", "google,goldfish-rtc");
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(offset);
    out.putLong(latched);
    out.putLong(alarm);
    out.putBoolean(armed);
    out.putBoolean(enabled);
    out.putBoolean(pending);
  }

  @Override
  public void restore(RecordReader in) {
    offset = in.getLong();
    latched = in.getLong();
    alarm = in.getLong();
    armed = in.getBoolean();
    enabled = in.getBoolean();
    pending = in.getBoolean();
  }
}
