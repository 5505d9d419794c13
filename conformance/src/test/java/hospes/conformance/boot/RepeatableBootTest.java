package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A machine is a deterministic state machine, also while it boots Linux: the same start and the
/// same inbox give the same bytes, counts and state, however it is run.
@EveryTier(slow = {Tier.TRANSLATOR, Tier.EAGER, Tier.DELAYED})
final class RepeatableBootTest {
  /// Into the kernel's drivers: page tables, timers and the scheduler have been at work.
  private static final long EARLY = 250_000_000;

  /// Beyond the shell's prompt.
  private static final long LATE = 1_600_000_000;

  private static final long WHOLE = Long.MAX_VALUE;
  private static final long ODD_SLICE = 1_000_003;

  private final Tier tier;

  RepeatableBootTest(Tier tier) {
    this.tier = tier;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void slicesChangeNothing(int harts) {
    Guests.Order order = Guests.debian(tier).harts(harts);
    assertEquals(BootRun.of(order, EARLY, WHOLE), BootRun.of(order, EARLY, ODD_SLICE));
  }

  @Test
  void savingChangesNothing() {
    Guests.Order order = Guests.debian(tier).harts(2);
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (VirtMachine machine = order.powerOn(console::write)) {
      for (long point = 10_000_019; point < EARLY; point += 30_000_001) {
        BootRun.advance(machine, point, WHOLE);
        Snapshot.hash(machine);
      }
      BootRun.advance(machine, EARLY, WHOLE);
      assertEquals(BootRun.of(order, EARLY, WHOLE), BootRun.after(machine, console));
    }
  }

  @Tag("slow")
  @Test
  void slicesChangeNothingUpToTheShell() {
    BootRun whole = BootRun.of(Guests.debian(tier), LATE, WHOLE);
    assertTrue(whole.console().contains("~ # "), "the shell was reached");
    assertEquals(whole, BootRun.of(Guests.debian(tier), LATE, WHOLE), "twice the same");
    assertEquals(whole, BootRun.of(Guests.debian(tier), LATE, ODD_SLICE));
  }

  @Tag("slow")
  @Test
  void slicesChangeNothingUnderOpenSbi() {
    Guests.Order order = Guests.debian(tier).harts(4).firmware("fw_dynamic.bin");
    assertEquals(BootRun.of(order, LATE, WHOLE), BootRun.of(order, LATE, ODD_SLICE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void restoredMachinesGoOnAsTheSavedOne(int harts) {
    restoreAt(
        Guests.debian(tier).harts(harts), List.of(3_000_017L, 60_000_001L, 150_000_007L, EARLY));
  }

  @Tag("slow")
  @Test
  void restoredMachinesGoOnAsTheSavedOneUpToTheShell() {
    restoreAt(
        Guests.debian(tier).harts(2),
        List.of(1L, 100_000_000L, 300_000_001L, 600_000_003L, 900_000_005L, 1_200_000_007L, LATE));
    restoreAt(
        Guests.debian(tier).firmware("fw_dynamic.bin"), List.of(10_000_019L, 500_000_003L, LATE));
  }

  /// At each point the machine is saved and goes on; a fresh one takes the state over and goes on
  /// beside it.
  private static void restoreAt(Guests.Order order, List<Long> points) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (VirtMachine machine = order.powerOn(console::write)) {
      for (int i = 0; i + 1 < points.size(); i++) {
        BootRun.advance(machine, points.get(i), WHOLE);
        Snapshot snapshot = Snapshot.of(machine);
        ByteArrayOutputStream freshConsole = new ByteArrayOutputStream();
        try (VirtMachine fresh = order.powerOn(freshConsole::write)) {
          // A machine that was used before is as good.
          fresh.run(1_000_000);
          freshConsole.reset();
          fresh.restore(snapshot);
          assertEquals(Snapshot.hash(machine), Snapshot.hash(fresh), "at " + points.get(i));
          console.reset();
          BootRun.advance(machine, points.get(i + 1), WHOLE);
          BootRun.advance(fresh, points.get(i + 1), WHOLE);
          assertEquals(BootRun.after(machine, console), BootRun.after(fresh, freshConsole));
        }
      }
    }
  }

  @Test
  void aReplayedJournalRepeatsTheRun() {
    replay(Guests.debian(tier).harts(2), EARLY);
  }

  @Tag("slow")
  @Test
  void aReplayedJournalRepeatsTheRunUpToTheShell() {
    replay(Guests.debian(tier), LATE);
  }

  /// The first run is told a time that jumps about, and gets input, between slices of any length,
  /// as a host would do it.
  private static void replay(Guests.Order order, long instructions) {
    List<Inbox.Entry> journal = new ArrayList<>();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    BootRun recorded;
    try (VirtMachine machine = order.powerOn(console::write)) {
      machine.inbox().recordTo(journal::add);
      Random host = new Random(11);
      while (machine.instructions() < instructions) {
        long slice = Math.min(host.nextLong(1, 5_000_000), instructions - machine.instructions());
        StopReason reason = machine.run(slice);
        long now = machine.nanoseconds();
        if (reason instanceof StopReason.Idle(long wakeAt) && wakeAt != Long.MAX_VALUE) {
          machine.inbox().post(Delivery.clock(wakeAt + host.nextLong(1000)));
        } else {
          machine.inbox().post(Delivery.clock(now + host.nextLong(3_000_000)));
        }
        if (host.nextInt(8) == 0) {
          machine.inbox().post(Delivery.typed("echo hello\n".getBytes(StandardCharsets.UTF_8)));
        }
      }
      recorded = BootRun.after(machine, console);
    }
    assertFalse(journal.isEmpty(), "the journal holds what was posted");
    console.reset();
    try (VirtMachine machine = order.powerOn(console::write)) {
      journal.forEach(machine.inbox()::schedule);
      while (machine.instructions() < instructions) {
        StopReason reason = machine.run(instructions - machine.instructions());
        assertEquals(new StopReason.BudgetSpent(), reason, "the journal wakes the guest");
      }
      assertEquals(recorded, BootRun.after(machine, console));
    }
  }
}
