package hospes.virt;

import hospes.devices.Bus;
import hospes.memory.DeviceAccess;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// The devices as the harts reach them: the board hears of every write.
final class WatchedBus implements DeviceAccess {
  private final Bus bus;
  private final LongSupplier ticks;
  private final LongConsumer written;

  /// @param ticks the timebase now
  /// @param written is told, after a write, what the timebase was before it
  WatchedBus(Bus bus, LongSupplier ticks, LongConsumer written) {
    this.bus = bus;
    this.ticks = ticks;
    this.written = written;
  }

  @Override
  public boolean answers(long physicalAddress, int bytes) {
    return bus.answers(physicalAddress, bytes);
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    return bus.read(physicalAddress, bytes);
  }

  @Override
  public void write(long physicalAddress, int bytes, long value) {
    long ticksBefore = ticks.getAsLong();
    bus.write(physicalAddress, bytes, value);
    written.accept(ticksBefore);
  }
}
