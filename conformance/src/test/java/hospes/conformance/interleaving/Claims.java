package hospes.conformance.interleaving;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.virt.VirtMachine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was seen of guests, to be compared with undisturbed ones: each program is run once, alone,
/// on the interpreter, through all instruction counts at which one of its guests was looked at.
final class Claims {
  /// A guest as it was seen.
  ///
  /// @param instructions that it had executed
  /// @param hash of its state
  /// @param where for whoever reads that it was wrong
  private record Claim(long instructions, String hash, String where) {}

  private final Map<Churn, List<Claim>> claims = new LinkedHashMap<>();

  /// A guest of this program was in this state.
  synchronized void add(Churn program, long instructions, String hash, String where) {
    claims
        .computeIfAbsent(program, _ -> new ArrayList<>())
        .add(new Claim(instructions, hash, where));
  }

  /// How many there are.
  synchronized int size() {
    return claims.values().stream().mapToInt(List::size).sum();
  }

  /// Fails if one was wrong; says which was the first.
  ///
  /// @param story how the guests got there
  synchronized void verify(String story) {
    claims.forEach(
        (program, seen) -> {
          seen.sort(Comparator.comparingLong(Claim::instructions));
          try (FramePool pool = new FramePool();
              VirtMachine reference =
                  Churn.alone(EngineSettings.interpreter(), pool).powerOn(program.virt())) {
            Map<Long, Set<String>> states = new HashMap<>();
            for (Claim claim : seen) {
              Set<String> right =
                  states.computeIfAbsent(claim.instructions(), at -> statesAt(reference, at));
              assertTrue(
                  right.contains(claim.hash()),
                  () ->
                      "%s after %d instructions is wrong: %s%n%s"
                          .formatted(program, claim.instructions(), claim.where(), story));
            }
          }
        });
  }

  /// The states in which a machine may be seen at this count. Where it waits, time may have jumped
  /// to the end of the wait or not; if it has, and the pool is short, no timer was looked at yet.
  private static Set<String> statesAt(VirtMachine machine, long instructions) {
    Set<String> states = new HashSet<>();
    advance(machine, instructions);
    states.add(Snapshot.hash(machine));
    if (machine.run(0) instanceof StopReason.Idle(long wakeAt)) {
      machine.inbox().post(Delivery.clock(wakeAt));
      FramePool pool = machine.memory().pool();
      pool.setLimit(0);
      assertInstanceOf(StopReason.HostFault.class, machine.run(0));
      states.add(Snapshot.hash(machine));
      pool.setLimit(Long.MAX_VALUE);
      machine.run(0);
      states.add(Snapshot.hash(machine));
    }
    return states;
  }

  /// Runs a machine until it has executed exactly so many instructions; waiting is skipped.
  static void advance(VirtMachine machine, long until) {
    while (machine.instructions() < until) {
      switch (machine.run(until - machine.instructions())) {
        case StopReason.BudgetSpent() -> {}
        case StopReason.Idle(long wakeAt) -> {
          assertTrue(wakeAt != Long.MAX_VALUE, "the guest waits for ever");
          if (machine.instructions() < until) { // no message is left in the inbox
            machine.inbox().post(Delivery.clock(wakeAt));
          }
        }
        case StopReason.PoweredOff _,
            StopReason.Reset _,
            StopReason.Stuck _,
            StopReason.HostFault _ ->
            throw new AssertionError("the guest ended");
      }
    }
  }
}
