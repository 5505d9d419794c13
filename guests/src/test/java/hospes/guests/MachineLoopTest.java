package hospes.guests;

import static hospes.guests.CountingMachine.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.Inbox;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.memory.Backing;
import hospes.memory.FramePool;
import hospes.memory.PageSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A machine takes what arrives one after the other, keeps to its budget, and stays where it ended.
final class MachineLoopTest {
  private final FramePool pool = new FramePool();
  private final CountingMachine machine = CountingMachine.in(pool);

  @AfterEach
  void close() {
    machine.close();
    assertEquals(0, pool.used(), "all frames came back");
    pool.close();
  }

  @Test
  void deliveriesAreTakenOneAtATimeAndWhatFollowsFromOneBeforeTheNext() {
    machine.inbox().post(command("a"));
    machine.inbox().post(command("b"));
    assertEquals(new StopReason.BudgetSpent(), machine.run(0));
    assertEquals(List.of("prepare", "typed a", "prepare", "typed b", "prepare"), machine.trace);
    assertEquals(0, machine.instructions());
  }

  @Test
  void aBudgetIsSpentToTheInstruction() {
    assertEquals(new StopReason.BudgetSpent(), machine.run(2500));
    assertEquals(2500, machine.instructions());
    assertEquals(2500, machine.count());
    assertEquals(new StopReason.BudgetSpent(), machine.run(1));
    assertEquals(2501, machine.count());
  }

  @Test
  void aBudgetWithoutAnEndDoesNotOverflow() {
    machine.run(5);
    machine.inbox().schedule(new Inbox.Entry(1700, command("off")));
    assertEquals(new StopReason.PoweredOff(3), machine.run(Long.MAX_VALUE));
    assertEquals(1700, machine.instructions());
  }

  @Test
  void whatIsScheduledArrivesAtItsInstruction() {
    machine.inbox().schedule(new Inbox.Entry(5, command("a")));
    machine.run(8);
    assertEquals(
        List.of("prepare", "slice of 5", "prepare", "typed a", "prepare", "slice of 3", "prepare"),
        machine.trace);
  }

  @Test
  void anIdleMachineExecutesNothingUntilSomethingArrives() {
    machine.inbox().post(command("idle"));
    assertEquals(new StopReason.Idle(Long.MAX_VALUE), machine.run(10));
    assertEquals(new StopReason.Idle(Long.MAX_VALUE), machine.run(10));
    assertEquals(0, machine.instructions());
    machine.inbox().post(command("wake"));
    assertEquals(new StopReason.BudgetSpent(), machine.run(10));
    assertEquals(10, machine.instructions());
  }

  @Test
  void aMachineStaysWhereItEndedFirst() {
    machine.inbox().post(command("stuck"));
    machine.inbox().post(command("off"));
    StopReason stuck = new StopReason.Stuck("nothing wakes it");
    assertEquals(stuck, machine.run(10));
    assertEquals(stuck, machine.run(10));
    assertEquals(0, machine.instructions());
    assertEquals(List.of("prepare", "typed stuck", "ended"), machine.trace);
    assertTrue(machine.inbox().hasMail(0), "nobody is there who would take it");
  }

  @Test
  void anEndingIsState() {
    for (String command : List.of("off", "stuck", "idle")) {
      try (CountingMachine ended = CountingMachine.in(pool);
          CountingMachine other = CountingMachine.in(pool)) {
        ended.run(7);
        ended.inbox().post(command(command));
        StopReason reason = ended.run(10);
        other.restore(Snapshot.of(ended));
        assertEquals(reason, other.run(10));
        assertEquals(7, other.instructions());
      }
    }
  }

  @Test
  void aResetGoesBackToPowerOnButNotInTime() {
    machine.run(100);
    machine.inbox().post(command("reset"));
    assertEquals(new StopReason.Reset(), machine.run(10));
    assertEquals(0, machine.count());
    assertEquals(100, machine.instructions());
    assertEquals(0, machine.frames().getFirst().readLong(CountingMachine.LOW));
    assertEquals(new StopReason.BudgetSpent(), machine.run(10));
    assertEquals(10, machine.count());
    assertEquals(110, machine.instructions());
  }

  @Test
  void shortOfMemoryItTakesItsMailAndExecutesNothing() {
    machine.run(10);
    pool.setLimit(1);
    machine.inbox().post(command("a"));
    StopReason.HostFault fault = assertInstanceOf(StopReason.HostFault.class, machine.run(10));
    assertEquals(StopReason.Remedy.MORE_MEMORY, fault.remedy());
    assertFalse(machine.inbox().hasMail(10));
    assertEquals(10, machine.instructions());
    pool.setLimit(Long.MAX_VALUE);
    assertEquals(new StopReason.BudgetSpent(), machine.run(10));
    assertEquals(20, machine.count());
  }

  /// Nothing can be read from it.
  private static final class Broken implements PageSource {
    @Override
    public void read(long key, byte[] page) throws IOException {
      throw new IOException("chunk %d is damaged".formatted(key));
    }

    @Override
    public void close() {}
  }

  @Test
  void aLostPageEndsItForGoodUntilItHasAnotherState() {
    machine.run(1);
    Snapshot before = Snapshot.of(machine);
    try (Backing backing = pool.open(new Broken())) {
      machine.frames().getFirst().back(2, backing, 7);
    }
    StopReason.HostFault fault = assertInstanceOf(StopReason.HostFault.class, machine.run(10));
    assertEquals(StopReason.Remedy.NONE, fault.remedy());
    assertTrue(fault.why().contains("chunk 7 is damaged"), fault.why());
    assertEquals("abandoned", machine.trace.getLast());
    assertEquals(fault, machine.run(10));
    machine.restore(before);
    assertEquals(new StopReason.BudgetSpent(), machine.run(10));
    assertEquals(11, machine.count());
  }

  @Test
  void whatTheHostLostOtherwiseDoesSoToo() {
    machine.inbox().post(command("lose"));
    StopReason lost = new StopReason.HostFault("the file is gone", StopReason.Remedy.NONE);
    assertEquals(lost, machine.run(10));
    assertEquals(lost, machine.run(10));
    assertEquals(0, machine.instructions());
  }
}
