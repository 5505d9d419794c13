package hospes.virt;

import hospes.devices.PowerControl;
import hospes.machine.ConsoleOutput;
import hospes.memory.FrameTable;
import hospes.riscv.Hart;
import hospes.riscv.Interrupt;
import hospes.riscv.Mode;
import hospes.riscv.SupervisorFirmware;
import java.util.List;
import java.util.function.Consumer;

/// Our own supervisor binary interface, so that a kernel boots without a firmware file. RISC-V SBI
/// Specification 2.0.
final class Sbi implements SupervisorFirmware {
  private static final int A0 = 10;
  private static final int A1 = 11;
  private static final int A2 = 12;
  private static final int A6 = 16;
  private static final int A7 = 17;

  private static final int BASE = 0x10;
  private static final int TIME = 0x54494d45;
  private static final int IPI = 0x735049;
  private static final int RFENCE = 0x52464e43;
  private static final int HSM = 0x48534d;
  private static final int SRST = 0x53525354;
  private static final int DBCN = 0x4442434e;
  private static final int PMU = 0x504d55;
  private static final List<Integer> EXTENSIONS =
      List.of(BASE, TIME, IPI, RFENCE, HSM, SRST, DBCN, PMU);

  private static final long VERSION = 2L << 24;

  /// Not registered with anybody; any value that is nobody else's will do.
  private static final long IMPLEMENTATION = 0x486f7370;

  /// Most bytes that one call may write to the console; the caller repeats it for the rest.
  private static final int CONSOLE_LIMIT = 4096;

  private static final int STARTED = 0;
  private static final int STOPPED = 1;

  private final List<Hart> harts;
  private final FrameTable memory;
  private final ConsoleOutput console;
  private final PowerControl power;

  /// @param harts filled before the first call
  Sbi(List<Hart> harts, FrameTable memory, ConsoleOutput console, PowerControl power) {
    this.harts = harts;
    this.memory = memory;
    this.console = console;
    this.power = power;
  }

  /// What a call answers: an error code in a0 and a value in a1.
  private record Answer(long error, long value) {
    static final Answer OK = new Answer(0, 0);
    static final Answer FAILED = new Answer(-1, 0);
    static final Answer NOT_SUPPORTED = new Answer(-2, 0);
    static final Answer INVALID_PARAMETER = new Answer(-3, 0);
    static final Answer INVALID_ADDRESS = new Answer(-5, 0);
    static final Answer ALREADY_AVAILABLE = new Answer(-6, 0);

    static Answer of(long value) {
      return new Answer(0, value);
    }
  }

  @Override
  public void call(Hart hart) {
    int function = (int) hart.x[A6];
    Answer answer =
        switch ((int) hart.x[A7]) {
          case BASE -> base(function, (int) hart.x[A0]);
          case TIME -> time(hart, function);
          case IPI -> sendInterrupt(hart, function);
          case RFENCE -> remoteFence(hart, function);
          case HSM -> hartState(hart, function);
          case SRST -> systemReset(hart, function);
          case DBCN -> debugConsole(hart, function);
          case PMU -> performance(function);
          default -> Answer.NOT_SUPPORTED;
        };
    hart.x[A0] = answer.error();
    hart.x[A1] = answer.value();
  }

  /// 4: Base.
  private static Answer base(int function, int extension) {
    return switch (function) {
      case 0 -> Answer.of(VERSION);
      case 1 -> Answer.of(IMPLEMENTATION);
      case 2 -> Answer.of(1);
      case 3 -> Answer.of(EXTENSIONS.contains(extension) ? 1 : 0);
      case 4, 5, 6 -> Answer.of(0);
      default -> Answer.NOT_SUPPORTED;
    };
  }

  /// 6: Timer.
  private static Answer time(Hart hart, int function) {
    if (function != 0) {
      return Answer.NOT_SUPPORTED;
    }
    hart.setTimerDeadline(hart.x[A0]);
    return Answer.OK;
  }

  /// 7: Inter-processor interrupts.
  private Answer sendInterrupt(Hart hart, int function) {
    return function == 0
        ? forHarts(hart.x[A0], hart.x[A1], target -> target.post(Interrupt.SSI))
        : Answer.NOT_SUPPORTED;
  }

  /// 8: Remote fences. All harts drop all translations, which includes those that were asked for;
  /// instruction fences need nothing, for decoded code follows every store. Hypervisor fences
  /// (functions 3 to 6) are not supported.
  private Answer remoteFence(Hart hart, int function) {
    return switch (function) {
      case 0 -> forHarts(hart.x[A0], hart.x[A1], target -> {});
      case 1, 2 -> forHarts(hart.x[A0], hart.x[A1], Hart::forgetTranslations);
      default -> Answer.NOT_SUPPORTED;
    };
  }

  private Answer forHarts(long mask, long base, Consumer<Hart> action) {
    if (base == -1) {
      harts.forEach(action);
      return Answer.OK;
    }
    if (base < 0
        || base >= harts.size()
        || mask != 0 && base + 63 - Long.numberOfLeadingZeros(mask) >= harts.size()) {
      return Answer.INVALID_PARAMETER;
    }
    for (int i = 0; base + i < harts.size(); i++) {
      if ((mask >>> i & 1) != 0) {
        action.accept(harts.get((int) base + i));
      }
    }
    return Answer.OK;
  }

  /// 9: Hart state management.
  private Answer hartState(Hart hart, int function) {
    if (function == 1) {
      hart.stop();
      return Answer.FAILED;
    }
    if (function == 3) {
      return suspend(hart);
    }
    if (hart.x[A0] < 0 || hart.x[A0] >= harts.size()) {
      return Answer.INVALID_PARAMETER;
    }
    Hart target = harts.get((int) hart.x[A0]);
    return switch (function) {
      case 0 -> start(target, hart.x[A1], hart.x[A2]);
      case 2 -> Answer.of(target.isStopped() ? STOPPED : STARTED);
      default -> Answer.NOT_SUPPORTED;
    };
  }

  private Answer start(Hart target, long address, long argument) {
    if (!target.isStopped()) {
      return Answer.ALREADY_AVAILABLE;
    }
    if (!memory.contains(address)) {
      return Answer.INVALID_ADDRESS;
    }
    target.start(Mode.SUPERVISOR, address, argument);
    return Answer.OK;
  }

  /// 9.4: only the default retentive suspend, which is a wait for an interrupt.
  private static Answer suspend(Hart hart) {
    if (hart.x[A0] != 0) {
      return Answer.NOT_SUPPORTED;
    }
    hart.suspend();
    return Answer.OK;
  }

  /// 10: System reset. A shutdown for the reason "system failure" exits with 1.
  private Answer systemReset(Hart hart, int function) {
    if (function != 0) {
      return Answer.NOT_SUPPORTED;
    }
    switch ((int) hart.x[A0]) {
      case 0 -> power.powerOff((int) hart.x[A1] == 0 ? 0 : 1);
      case 1, 2 -> power.reset();
      default -> {
        return Answer.INVALID_PARAMETER;
      }
    }
    return Answer.OK;
  }

  /// 12: Debug console.
  private Answer debugConsole(Hart hart, int function) {
    return switch (function) {
      case 0 -> write(hart.x[A0], hart.x[A1], hart.x[A2]);
      case 1 -> Answer.OK;
      case 2 -> {
        console.write((byte) hart.x[A0]);
        yield Answer.OK;
      }
      default -> Answer.NOT_SUPPORTED;
    };
  }

  private Answer write(long length, long address, long addressHigh) {
    int now = (int) Math.min(length & Long.MAX_VALUE, CONSOLE_LIMIT);
    if (addressHigh != 0 || !memory.contains(address, now)) {
      return Answer.INVALID_PARAMETER;
    }
    byte[] bytes = new byte[now];
    memory.read(address, bytes, 0, now);
    for (byte value : bytes) {
      console.write(value);
    }
    return Answer.of(now);
  }

  /// 11: Performance monitoring: there are no counters, so every index is wrong.
  private static Answer performance(int function) {
    return switch (function) {
      case 0 -> Answer.of(0);
      case 1, 2, 3, 4, 5, 6 -> Answer.INVALID_PARAMETER;
      default -> Answer.NOT_SUPPORTED;
    };
  }
}
