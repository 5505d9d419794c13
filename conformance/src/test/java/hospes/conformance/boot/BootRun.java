package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.machine.Delivery;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What a run of a guest leaves.
///
/// @param console all that it printed
/// @param instructions how many it executed
/// @param state the hash of its state
record BootRun(String console, long instructions, String state) {
  /// Runs a guest to an instruction count, in slices of at most so many.
  static BootRun of(Guests.Order order, long instructions, long slice) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (VirtMachine machine = order.powerOn(console::write)) {
      advance(machine, instructions, slice);
      return after(machine, console);
    }
  }

  /// What a machine has come to.
  static BootRun after(VirtMachine machine, ByteArrayOutputStream console) {
    return new BootRun(
        console.toString(StandardCharsets.UTF_8), machine.instructions(), Snapshot.hash(machine));
  }

  /// Runs to an instruction count; where the guest idles, time jumps to its next timer. A guest
  /// that waits for input ends it.
  static void advance(VirtMachine machine, long instructions, long slice) {
    while (machine.instructions() < instructions) {
      StopReason reason = machine.run(Math.min(slice, instructions - machine.instructions()));
      if (reason instanceof StopReason.Idle(long wakeAt)) {
        if (wakeAt == Long.MAX_VALUE) {
          return;
        }
        machine.inbox().post(Delivery.clock(wakeAt));
      } else {
        assertEquals(new StopReason.BudgetSpent(), reason);
      }
    }
  }
}
