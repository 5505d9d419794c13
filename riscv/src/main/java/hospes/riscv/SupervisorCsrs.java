package hospes.riscv;

/// Control and status registers of S-mode, and those of U-mode for floating point. RISC-V
/// Privileged ISA 20240411, 10.1 and 16 (Sstc); RISC-V Unprivileged ISA 20240411, 21.2.
final class SupervisorCsrs {
  private static final int FLAGS = 0x1f;
  private static final int MODE_SHIFT = 5;
  private static final int MODE = 7;

  private SupervisorCsrs() {}

  static void define(CsrFile csrs, Hart hart) {
    TrapUnit traps = hart.traps;
    csrs.at(0x100, hart.status::readSupervisor)
        .write(
            value -> {
              hart.status.writeSupervisor(value);
              hart.privilege.lookAnew();
            });
    csrs.at(0x104, () -> traps.enabled & traps.delegatedInterrupts)
        .write(
            value ->
                traps.enabled =
                    traps.enabled & ~traps.delegatedInterrupts | value & traps.delegatedInterrupts);
    csrs.at(0x144, () -> traps.pending() & traps.delegatedInterrupts)
        .write(
            value -> {
              long writable = Interrupt.SSI & traps.delegatedInterrupts;
              traps.software = traps.software & ~writable | value & writable;
            });
    csrs.at(0x10a, hart.environment::supervisor).write(hart.environment::setSupervisor);
    MachineCsrs.vector(csrs, traps.supervisor, 0x105, 0x140);
    csrs.at(0x180, hart.mmu::satp)
        .write(
            value -> {
              hart.mmu.setSatp(value);
              hart.forgetTranslations();
            })
        .when(() -> hart.mode() == Mode.MACHINE || !hart.status.has(Status.TVM));
    csrs.at(0x14d, hart.timer::deadline)
        .write(hart::setTimerDeadline)
        .when(
            () ->
                hart.mode() == Mode.MACHINE
                    || hart.environment.hasSupervisorTimer() && hart.counters.mayUseTime());
    defineFloat(csrs, hart);
  }

  private static void defineFloat(CsrFile csrs, Hart hart) {
    csrs.at(0x001, () -> hart.floats.status.flags)
        .write(value -> setFloat(hart, (int) value, hart.floats.roundingMode))
        .when(() -> hart.status.has(Status.FS));
    csrs.at(0x002, () -> hart.floats.roundingMode)
        .write(value -> setFloat(hart, hart.floats.status.flags, (int) value))
        .when(() -> hart.status.has(Status.FS));
    csrs.at(0x003, () -> hart.floats.status.flags | hart.floats.roundingMode << MODE_SHIFT)
        .write(value -> setFloat(hart, (int) value, (int) (value >>> MODE_SHIFT)))
        .when(() -> hart.status.has(Status.FS));
  }

  private static void setFloat(Hart hart, int flags, int roundingMode) {
    hart.floats.status.flags = flags & FLAGS;
    hart.floats.roundingMode = roundingMode & MODE;
    hart.status.set(Status.FS);
  }
}
