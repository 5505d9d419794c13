package hospes.conformance.tiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// All that can be told of a run when it is over.
///
/// @param console what the guest printed
/// @param reason how it ended
/// @param instructions how many it executed
/// @param state the hash of the state that it left
record GuestEnd(String console, StopReason reason, long instructions, String state) {
  private static final long MEMORY = 8L << 20;
  private static final long MOST_INSTRUCTIONS = 50_000_000;

  /// Runs a program in slices of at most so many instructions; waiting is skipped.
  static GuestEnd of(GuestText program, EngineSettings engine, long slice) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (VirtMachine machine =
        Standalone.on(console::write)
            .with(engine)
            .powerOn(Virt.bareMetal(program.elf()).memory(MEMORY).harts(program.harts()))) {
      StopReason reason = new StopReason.BudgetSpent();
      while (goesOn(reason) && machine.instructions() < MOST_INSTRUCTIONS) {
        if (reason instanceof StopReason.Idle(long wakeAt)) {
          machine.inbox().post(Delivery.clock(wakeAt));
        }
        reason = machine.run(Math.min(slice, MOST_INSTRUCTIONS - machine.instructions()));
      }
      // The interpreter would step in without a word.
      assertEquals(0, machine.engineStatistics().regions().failed(), "translations that failed");
      return new GuestEnd(
          console.toString(StandardCharsets.US_ASCII),
          reason,
          machine.instructions(),
          Snapshot.hash(machine));
    }
  }

  private static boolean goesOn(StopReason reason) {
    return switch (reason) {
      case StopReason.BudgetSpent() -> true;
      case StopReason.Idle(long wakeAt) -> wakeAt != Long.MAX_VALUE;
      case StopReason.PoweredOff _,
          StopReason.Reset _,
          StopReason.Stuck _,
          StopReason.HostFault _ ->
          false;
    };
  }
}
