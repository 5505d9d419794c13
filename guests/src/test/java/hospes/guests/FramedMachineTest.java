package hospes.guests;

import static hospes.guests.CountingMachine.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.facet.Balloon;
import hospes.guests.facet.GuestMemory;
import hospes.machine.Entropy;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is forked, frozen, saved or reset goes on as its original would have.
final class FramedMachineTest {
  private final FramePool pool = new FramePool();
  private final List<Long> asked = new ArrayList<>();
  private final CountingMachine machine =
      CountingMachine.in(pool, (port, request, what) -> asked.add(request));

  @AfterEach
  void close() {
    machine.close();
    assertEquals(0, pool.used(), "all frames came back");
    pool.close();
  }

  private Resources given() {
    return CountingMachine.resources(pool, (port, request, what) -> asked.add(request));
  }

  private CountingMachine fork(Identity who) {
    return (CountingMachine) machine.fork(given(), who);
  }

  @Test
  void aForkGoesOnAsItsParentWould() {
    machine.run(1234);
    long used = pool.used();
    try (CountingMachine child = fork(new Identity.Same())) {
      assertEquals(used, pool.used(), "memory is shared");
      assertEquals(Snapshot.hash(machine), Snapshot.hash(child));
      assertFalse(child.trace.contains("replaced"), "what was derived may be shared");
      child.run(77);
      machine.run(77);
      assertEquals(Snapshot.hash(machine), Snapshot.hash(child));
      child.run(1);
      assertNotEquals(Snapshot.hash(machine), Snapshot.hash(child));
      assertEquals(
          1311,
          machine
              .frames()
              .getFirst()
              .readLong(machine.frames().getFirst().base() + 2 * FramePool.FRAME_SIZE));
    }
  }

  @Test
  void aForkOfItsOwnIsToldBeforeItRuns() {
    machine.run(10);
    byte[] seed = new byte[Entropy.SEED_BYTES];
    Arrays.fill(seed, (byte) 9);
    try (CountingMachine child = fork(new Identity.Own("twin", seed, OptionalLong.of(5)))) {
      assertEquals(9, child.seed());
      assertTrue(child.trace.contains("it is 5"), child.trace.toString());
      assertFalse(child.inbox().hasMail(10));
      assertEquals(10, child.instructions());
      assertEquals(0, machine.seed());
    }
  }

  @Test
  void aForkCanBeResetToo() {
    machine.run(10);
    try (CountingMachine child = fork(new Identity.Same())) {
      child.inbox().post(command("reset"));
      assertEquals(new StopReason.Reset(), child.run(1));
      assertEquals(0, child.count());
      assertEquals(10, machine.count());
    }
  }

  @Test
  void aForkThatCannotTakeOverTheStateIsGivenBack() {
    machine.run(10);
    machine.brittle = true;
    assertThrows(SnapshotException.class, () -> fork(new Identity.Same()));
    machine.frames().forEach(FrameTable::clear);
    assertEquals(0, pool.used(), "nobody holds what the fork shared");
  }

  @Test
  void aQuestionWithoutAnAnswerIsAskedAgainByForksAndCopies() {
    machine.inbox().post(command("ask"));
    machine.run(1);
    assertEquals(List.of(1L), asked);
    fork(new Identity.Same()).close();
    assertEquals(List.of(1L, 1L), asked);
    try (Frozen frozen = machine.freeze();
        CountingMachine copy =
            CountingMachine.in(pool, (port, request, what) -> asked.add(-request))) {
      copy.continueFrom(saved(frozen), new Identity.Same());
      assertEquals(List.of(1L, 1L, -1L), asked);
    }
  }

  private static Saved saved(Frozen frozen) {
    Snapshot records = new Snapshot();
    frozen.records().forEach(records::add);
    return new Saved(
        Plan.of(new CountingKind()),
        records,
        ranges -> {
          for (int range = 0; range < ranges.size(); range++) {
            copy(frozen.frames().get(range), ranges.get(range));
          }
        });
  }

  private static void copy(FrameTable from, FrameTable to) {
    byte[] page = new byte[FramePool.FRAME_SIZE];
    for (int i = 0; i < from.pages(); i++) {
      if (from.copyPage(i, page)) {
        to.write(to.base() + (long) i * page.length, page, 0, page.length);
      }
    }
  }

  @Test
  void whatIsFrozenStaysWhileTheMachineGoesOn() {
    machine.run(321);
    String then = Snapshot.hash(machine);
    try (Frozen frozen = machine.freeze();
        CountingMachine copy = CountingMachine.in(pool)) {
      machine.run(1000);
      HostedMachine same = copy.continueFrom(saved(frozen), new Identity.Same());
      assertEquals(then, Snapshot.hash(same));
      same.run(1000);
      assertEquals(Snapshot.hash(machine), Snapshot.hash(same));
      assertTrue(copy.trace.contains("replaced"), "nothing derived from before is left");
    }
  }

  @Test
  void whatIsSavedIsTakenOverByAMachineOfTheSameMake() {
    machine.run(99);
    Snapshot saved = Snapshot.of(machine);
    try (CountingMachine other = CountingMachine.in(pool)) {
      other.run(5000);
      other.restore(saved);
      assertEquals(Snapshot.hash(machine), Snapshot.hash(other));
      machine.run(10);
      other.run(10);
      assertEquals(Snapshot.hash(machine), Snapshot.hash(other));
    }
  }

  @Test
  void aStateWithARecordTooFewIsRefused() {
    List<StateRecord> records = new ArrayList<>();
    machine.save(records::add);
    for (StateRecord missing : records) {
      Snapshot snapshot = new Snapshot();
      records.stream().filter(one -> one != missing).forEach(snapshot::add);
      SnapshotException e =
          assertThrows(SnapshotException.class, () -> machine.restore(snapshot), missing.name());
      assertTrue(String.valueOf(e.getMessage()).contains(missing.name()), missing.name());
    }
  }

  @Test
  void itsMemoryIsAFacet() {
    assertEquals(Optional.of(machine), machine.facet(GuestMemory.class));
    assertEquals(Optional.empty(), machine.facet(Balloon.class));
  }
}
