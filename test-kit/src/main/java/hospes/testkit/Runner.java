package hospes.testkit;

import hospes.machine.Delivery;
import hospes.machine.Machine;
import hospes.machine.StopReason;

/// Runs machines without a host, as long as they have something to do.
///
/// @param slice the most instructions at once
/// @param most instructions in all
/// @param waiting what is done while a machine waits for a point in time
public record Runner(long slice, long most, Waiting waiting) {
  /// What is done while a machine waits for a point in time.
  public enum Waiting {
    /// Its clock is put forward to then.
    SKIPPED,
    /// It is left there.
    ENDS
  }

  /// In slices of so many instructions; waiting is skipped.
  public static Runner inSlicesOf(long slice, long most) {
    return new Runner(slice, most, Waiting.SKIPPED);
  }

  /// Runs a machine that asks nothing.
  ///
  /// @return why it stopped last
  public StopReason run(Machine machine) {
    StopReason reason = slice(machine);
    while (goesOn(machine, reason)) {
      reason = slice(machine);
    }
    return reason;
  }

  /// Runs a machine, and answers what it asks.
  ///
  /// @return why it stopped last
  public StopReason run(Machine machine, MemoryFolder folder) {
    StopReason reason = run(machine);
    while (folder.serve(machine.inbox()) && machine.instructions() < most) {
      reason = run(machine);
    }
    return reason;
  }

  private StopReason slice(Machine machine) {
    return machine.run(Math.min(slice, most - machine.instructions()));
  }

  private boolean goesOn(Machine machine, StopReason reason) {
    return switch (reason) {
      case StopReason.BudgetSpent() -> machine.instructions() < most;
      case StopReason.Idle(long wakeAt) -> {
        if (waiting == Waiting.ENDS || wakeAt == Long.MAX_VALUE) {
          yield false;
        }
        machine.inbox().post(Delivery.clock(wakeAt));
        yield machine.instructions() < most;
      }
      case StopReason.PoweredOff _,
          StopReason.Reset _,
          StopReason.Stuck _,
          StopReason.HostFault _ ->
          false;
    };
  }
}
