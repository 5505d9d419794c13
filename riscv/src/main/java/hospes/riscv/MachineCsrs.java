package hospes.riscv;

/// Control and status registers of M-mode. RISC-V Privileged ISA 20240411, 3.1.
final class MachineCsrs {
  /// RV64 with A, C, D, F, I, M, S and U.
  private static final long ISA = 2L << 62 | letters("ACDFIMSU");

  private static final int PMP_CONFIG = 0x3a0;
  private static final int PMP_ADDRESS = 0x3b0;
  private static final int PMP_ADDRESSES = 64;

  private MachineCsrs() {}

  private static long letters(String letters) {
    return letters.chars().mapToLong(letter -> 1L << letter - 'A').reduce(0, (a, b) -> a | b);
  }

  static void define(CsrFile csrs, Hart hart) {
    TrapUnit traps = hart.traps;
    for (int identity : new int[] {0xf11, 0xf12, 0xf13, 0xf15}) {
      csrs.at(identity, () -> 0);
    }
    csrs.at(0xf14, hart::id);
    csrs.at(0x300, hart.status::read)
        .write(
            value -> {
              hart.status.write(value);
              hart.privilege.lookAnew();
            });
    csrs.at(0x301, () -> ISA);
    csrs.at(0x302, () -> traps.delegatedExceptions)
        .write(value -> traps.delegatedExceptions = value & TrapUnit.DELEGABLE);
    csrs.at(0x303, () -> traps.delegatedInterrupts)
        .write(value -> traps.delegatedInterrupts = value & Interrupt.SUPERVISOR);
    csrs.at(0x304, () -> traps.enabled).write(value -> traps.enabled = value & Interrupt.ALL);
    csrs.at(0x344, traps::pending)
        .update(() -> traps.software)
        .write(value -> traps.writePending(value, hart.environment));
    csrs.at(0x30a, hart.environment::machine)
        .write(
            value -> {
              hart.environment.setMachine(value);
              hart.switchTimer();
            });
    vector(csrs, traps.machine, 0x305, 0x340);
    definePmp(csrs, hart);
  }

  /// The trap registers of a mode: its vector, and five in a row from the scratch register on.
  static void vector(CsrFile csrs, TrapUnit.Vector vector, int handler, int first) {
    csrs.at(handler, () -> vector.handler)
        .write(
            value -> {
              if ((value & 2) == 0) {
                vector.handler = value;
              }
            });
    csrs.at(first, () -> vector.scratch).write(value -> vector.scratch = value);
    csrs.at(first + 1, () -> vector.programCounter)
        .write(value -> vector.programCounter = value & ~1L);
    csrs.at(first + 2, () -> vector.cause).write(value -> vector.cause = value);
    csrs.at(first + 3, () -> vector.value).write(value -> vector.value = value);
  }

  private static void definePmp(CsrFile csrs, Hart hart) {
    for (int i = 0; i < PMP_ADDRESSES; i++) {
      int entry = i;
      if (i < Pmp.ENTRIES) {
        csrs.at(PMP_ADDRESS + i, () -> hart.pmp.readAddress(entry))
            .write(
                value -> {
                  hart.pmp.writeAddress(entry, value);
                  hart.forgetTranslations();
                });
      } else {
        csrs.at(PMP_ADDRESS + i, () -> 0);
      }
    }
    for (int i = 0; i < PMP_ADDRESSES / 4; i += 2) {
      int entry = 4 * i;
      if (entry < Pmp.ENTRIES) {
        csrs.at(PMP_CONFIG + i, () -> hart.pmp.readConfig(entry))
            .write(
                value -> {
                  hart.pmp.writeConfig(entry, value);
                  hart.forgetTranslations();
                });
      } else {
        csrs.at(PMP_CONFIG + i, () -> 0);
      }
    }
  }
}
