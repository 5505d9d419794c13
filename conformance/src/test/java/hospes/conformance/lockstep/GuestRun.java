package hospes.conformance.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.StopReason;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A program on one tier, run step by step.
final class GuestRun implements AutoCloseable {
  private static final long MEMORY = 8L << 20;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final VirtMachine machine;

  GuestRun(byte[] elf, EngineSettings engine) {
    machine =
        Standalone.on(console::write).with(engine).powerOn(Virt.bareMetal(elf).memory(MEMORY));
  }

  /// Executes so many instructions, unless the guest switches itself off before; waiting is
  /// skipped. Whether it goes on.
  boolean step(long count) {
    long end = machine.instructions() + count;
    while (machine.instructions() < end) {
      switch (machine.run(end - machine.instructions())) {
        case StopReason.BudgetSpent() -> {}
        case StopReason.Idle(long wakeAt) when wakeAt != Long.MAX_VALUE ->
            machine.inbox().post(Delivery.clock(wakeAt));
        case StopReason.PoweredOff(int exitCode) when exitCode == 0 -> {
          return false;
        }
        case StopReason other -> throw new AssertionError("the guest cannot go on: " + other);
      }
    }
    return true;
  }

  /// Has something arrive from outside at an instruction count.
  void schedule(long instructions, Delivery delivery) {
    machine.inbox().schedule(new Inbox.Entry(instructions, delivery));
  }

  Observation observe() {
    return Observation.of(machine, console.toString(StandardCharsets.UTF_8));
  }

  long instructions() {
    return machine.instructions();
  }

  @Override
  public void close() {
    long failed = machine.engineStatistics().regions().failed();
    machine.close();
    // The interpreter would step in without a word.
    assertEquals(0, failed, "translations that failed");
  }
}
