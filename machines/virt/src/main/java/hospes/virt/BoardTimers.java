package hospes.virt;

import hospes.riscv.Hart;
import java.util.List;

/// The timers of a board: those of its harts and of its devices.
record BoardTimers(VirtDevices devices, List<Hart> harts) {
  /// Raises the interrupts of timers whose time has come.
  void update() {
    devices.clint.update();
    devices.rtc.tick();
    harts.forEach(hart -> hart.timer.update());
  }

  /// Guest time in nanoseconds at which the next timer fires; [Long#MAX_VALUE] where none is set.
  long next() {
    long ticks = devices.clint.nextDeadlineTicks();
    for (Hart hart : harts) {
      if (hart.timer.isAhead()) {
        ticks = Math.min(ticks, devices.clint.ticksAt(hart.timer.deadline()));
      }
    }
    long nanoseconds =
        ticks > Long.MAX_VALUE / VirtMachine.NANOSECONDS_PER_TICK
            ? Long.MAX_VALUE
            : ticks * VirtMachine.NANOSECONDS_PER_TICK;
    return Math.min(nanoseconds, devices.rtc.nextDeadline());
  }
}
