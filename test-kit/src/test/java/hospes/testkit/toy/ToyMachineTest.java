package hospes.testkit.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.guests.Claim;
import hospes.guests.Frozen;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.MachineKind;
import hospes.guests.Plan;
import hospes.guests.RefusedException;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.machine.Delivery;
import hospes.machine.Entropy;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.testkit.Frames;
import hospes.testkit.Runner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The toy keeps what every machine promises.
@Timeout(30)
final class ToyMachineTest {
  /// Counts in memory, prints what it counts, and a random number now and then; ends by itself.
  private static final String BUSY =
      """
             set r1, 1
      again: load r0, r2, 2048
             add r0, r1
             store r0, r2, 2048
             print r0
             work 37
             jumpif r0, 100, luck
             jump again
      luck:  random r3
             print r3
             sleep 5
             add r4, r1
             jumpif r4, 5, end
             jump again
      end:   off r4
      """;

  private final ToyKind kind = new ToyKind();
  private final FramePool pool = FramePool.forOnce();
  private final StringBuilder said = new StringBuilder();

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, kind.open());
    pool.close();
  }

  private Resources given() {
    return new Resources(
        pool,
        EngineSettings.interpreter(),
        value -> said.append((char) (value & 0xff)),
        List.of(),
        (port, request, what) -> {},
        Map.of());
  }

  private static Identity.Own identity(int seed) {
    byte[] bytes = new byte[Entropy.SEED_BYTES];
    bytes[0] = (byte) seed;
    return new Identity.Own("", bytes, OptionalLong.empty());
  }

  private HostedMachine machine(String program) {
    return kind.build(Toy.plan(kind, program), given(), identity(1));
  }

  private static StopReason untilItEnds(HostedMachine machine) {
    return Runner.inSlicesOf(1_000_000, Long.MAX_VALUE).run(machine);
  }

  @Test
  void itIsFound() {
    assertTrue(
        ServiceLoader.load(MachineKind.class).stream()
            .anyMatch(provider -> provider.type() == ToyKind.class));
  }

  @Test
  void instructionsDoWhatTheySay() {
    String program =
        """
               say "ab\\n"
               set r0, 200
               set r1, 100
               add r0, r1
               store r0, r1, 1000
               load r2, r1, 1000
               jumpif r2, 44, good
               say "not here"
        good:  print r2
               poll r3
               jumpif r3, 0, none
               say "nor here"
        none:  sleep 20
               read r4
               print r4
               off r1
        """;
    try (HostedMachine machine = machine(program)) {
      assertEquals(new StopReason.Idle(Long.MAX_VALUE), untilItEnds(machine));
      assertTrue(machine.nanoseconds() >= 20_000_000, "slept " + machine.nanoseconds());
      machine.inbox().post(Delivery.typed(new byte[] {'x'}));
      assertEquals(new StopReason.PoweredOff(100), machine.run(100));
      assertEquals("ab\n,x", said.toString());
    }
  }

  @Test
  void budgetsAreExactAndTheirSizeChangesNothing() {
    try (HostedMachine whole = machine(BUSY);
        HostedMachine parts = machine(BUSY)) {
      assertEquals(new StopReason.BudgetSpent(), whole.run(3001));
      assertEquals(3001, whole.instructions());
      for (int i = 0; i < 3001; i++) {
        parts.run(1);
      }
      assertEquals(Snapshot.hash(whole), Snapshot.hash(parts));
    }
    try (HostedMachine spinning = machine(Toy.SPIN)) {
      spinning.run(1L << 40);
      assertEquals(1L << 40, spinning.instructions());
    }
  }

  @Test
  void whatIsRestoredOrForkedGoesOnAsItWouldHave() {
    try (HostedMachine first = machine(BUSY);
        HostedMachine second = machine(BUSY)) {
      first.run(2000);
      second.restore(Snapshot.of(first));
      HostedMachine fork = first.fork(given(), new Identity.Same());
      Frozen frozen = first.freeze();
      Snapshot records = new Snapshot();
      frozen.records().forEach(records::add);
      HostedMachine thawed =
          kind.restore(
              new Saved(Toy.plan(kind, BUSY), records, Frames.copied(frozen.frames())),
              given(),
              new Identity.Same());
      frozen.close();
      assertEquals(new StopReason.PoweredOff(5), untilItEnds(first));
      for (HostedMachine other : List.of(second, fork, thawed)) {
        untilItEnds(other);
        assertEquals(Snapshot.hash(first), Snapshot.hash(other));
      }
      fork.close();
      thawed.close();
    }
  }

  @Test
  void anotherIdentityIsAnotherMachine() {
    try (HostedMachine first = machine(BUSY);
        HostedMachine same = first.fork(given(), new Identity.Same());
        HostedMachine other = first.fork(given(), identity(2))) {
      assertEquals(Snapshot.hash(first), Snapshot.hash(same));
      assertNotEquals(Snapshot.hash(first), Snapshot.hash(other));
    }
  }

  @Test
  void endsAreThoseOfItsProgramAndOfItsUser() {
    try (HostedMachine echo = machine(Toy.ECHO)) {
      String begun = Snapshot.hash(echo);
      echo.inbox().post(Delivery.typed(new byte[] {'a', '^'}));
      assertEquals(new StopReason.Reset(), echo.run(100));
      assertNotEquals(begun, Snapshot.hash(echo), "counts go on");
      echo.inbox().post(Delivery.typed(new byte[] {'?'}));
      StopReason.Stuck stuck = assertInstanceOf(StopReason.Stuck.class, echo.run(100));
      assertTrue(stuck.why().contains("no instruction 0"), stuck.why());
    }
    try (HostedMachine echo = machine(Toy.ECHO)) {
      echo.inbox().post(Delivery.typed(new byte[] {'!'}));
      assertThrows(IllegalStateException.class, () -> echo.run(100));
    }
    Plan deaf = Toy.plan(kind, Toy.SPIN).with(ToyKind.DEAF, new Value.Flag());
    try (HostedMachine hears = machine(Toy.SPIN);
        HostedMachine hearsNot = kind.build(deaf, given(), identity(1))) {
      hears.inbox().post(Delivery.powerButton());
      hearsNot.inbox().post(Delivery.powerButton());
      assertEquals(new StopReason.PoweredOff(0), hears.run(10));
      assertEquals(new StopReason.BudgetSpent(), hearsNot.run(10));
    }
  }

  @Test
  void filesAreRecognisedByTheirFirstBytes() throws IOException {
    Start program = new Start("a", Content.of(Toy.file(Toy.ECHO)));
    assertInstanceOf(Claim.Startable.class, kind.recognise(program).orElseThrow());
    assertInstanceOf(
        Claim.Unusable.class,
        kind.recognise(new Start("a", Content.of(ToySpec.MAGIC))).orElseThrow());
    assertEquals(Optional.empty(), kind.recognise(new Start("a", Content.of(new byte[] {'T'}))));
    StringBuilder text = new StringBuilder();
    kind.disassemble(program, MachineKind.DisassemblyStyle.ALIASES, text);
    String listed =
        text.toString().lines().map(line -> line.substring(6) + "\n").reduce("", String::concat);
    assertArrayEquals(program.content().bytes(), Toy.file(listed));
  }

  @Test
  void whatCannotBeBuiltIsRefused() {
    Plan empty = Plan.of(kind);
    assertThrows(RefusedException.class, () -> kind.build(empty, given(), identity(1)));
    String large = "work 1\n".repeat(1000);
    RefusedException refused = assertThrows(RefusedException.class, () -> machine(large));
    assertTrue(refused.problem().remedy().isPresent());
    kind.build(Toy.withPages(Toy.plan(kind, large), 2), given(), identity(1)).close();
    assertThrows(IllegalArgumentException.class, () -> Toy.file("fly r0"));
    assertThrows(IllegalArgumentException.class, () -> Toy.file("set r0"));
  }
}
