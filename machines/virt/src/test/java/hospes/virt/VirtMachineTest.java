package hospes.virt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.guests.Description;
import hospes.guests.Frozen;
import hospes.guests.Identity;
import hospes.guests.RefusedException;
import hospes.guests.Saved;
import hospes.guests.facet.GuestMemory;
import hospes.guests.facet.Statistics;
import hospes.machine.Content;
import hospes.machine.Delivery;
import hospes.machine.Entropy;
import hospes.machine.HostLossException;
import hospes.machine.Port;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StopReason;
import hospes.riscv.RiscvAssembler;
import hospes.testkit.Frames;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The board as a machine in the hands of a host: forked, frozen, saved, restored, reset.
final class VirtMachineTest {
  private static final Standalone ALONE =
      Standalone.on(value -> {}).with(EngineSettings.translator());
  private static final Identity SAME = new Identity.Same();

  /// Counts a thousand down, writes what it counts, and ends with the exit code 5.
  private static final String COUNTING =
      """
      start:
        la   t0, tohost
        li   t1, 11
        li   t2, 1000
      1: sd  t2, 8(t0)
        addi t2, t2, -1
        bnez t2, 1b
        sd   t1, 0(t0)
      2: j   2b
        .balign 8
      tohost:
        .dword 0
        .dword 0
      """;

  /// Resets the machine at once.
  private static final String RESETTING =
      """
      start:
        li   t6, 0x100000
        li   t5, 0x7777
        sw   t5, 0(t6)
      1: j   1b
      """;

  private static byte[] elf(String program) {
    return RiscvAssembler.toElf(
        RiscvAssembler.assemble(VirtMachine.RAM_BASE, "program.s", program));
  }

  private static Virt counting(int harts) {
    return Virt.bareMetal(elf(COUNTING)).memory("8M").harts(harts);
  }

  private static VirtMachine restored(VirtMachine from, Virt virt, Identity who) {
    try (Frozen frozen = from.freeze()) {
      Snapshot records = new Snapshot();
      frozen.records().forEach(records::add);
      Saved saved = new Saved(virt.plan(), records, Frames.copied(frozen.frames()));
      return new VirtKind().restore(saved, ALONE.resources(), who);
    }
  }

  private static Identity.Own own(int seed) {
    byte[] bytes = new byte[Entropy.SEED_BYTES];
    bytes[0] = (byte) seed;
    return new Identity.Own("", bytes, OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void forksAndRestoredMachinesGoOnAsTheirOriginal(int harts) {
    Virt virt = counting(harts);
    try (VirtMachine machine = ALONE.powerOn(virt)) {
      machine.run(701);
      try (VirtMachine fork = ALONE.fork(machine, SAME);
          VirtMachine second = ALONE.fork(fork, SAME);
          VirtMachine restored = restored(machine, virt, SAME)) {
        List<VirtMachine> all = List.of(machine, fork, second, restored);
        for (long budget : new long[] {0, 900, 100_000}) {
          StopReason reason = machine.run(budget);
          String state = Snapshot.hash(machine);
          for (VirtMachine other : all.subList(1, all.size())) {
            assertEquals(reason, other.run(budget));
            assertEquals(state, Snapshot.hash(other));
            assertEquals(machine.instructions(), other.instructions());
          }
        }
        // All are told how the program ended: its word is watched in each.
        all.forEach(one -> assertEquals(new StopReason.PoweredOff(5), one.run(1)));
      }
    }
  }

  @Test
  void aMachineThatEndedIsRestoredAsOneThatEnded() {
    Virt virt = counting(1);
    try (VirtMachine machine = ALONE.powerOn(virt)) {
      assertEquals(new StopReason.PoweredOff(5), machine.run(100_000));
      try (VirtMachine restored = restored(machine, virt, own(1));
          VirtMachine fork = ALONE.fork(machine, own(1))) {
        assertEquals(new StopReason.PoweredOff(5), restored.run(1));
        assertEquals(new StopReason.PoweredOff(5), fork.run(1));
      }
    }
  }

  @Test
  void machinesWithAnIdentityOfTheirOwnDifferByItAlone() {
    Virt virt = counting(1);
    try (VirtMachine machine = ALONE.powerOn(virt)) {
      machine.run(701);
      try (VirtMachine one = ALONE.fork(machine, own(1));
          VirtMachine other = ALONE.fork(machine, own(2));
          VirtMachine restored = restored(machine, virt, own(1))) {
        assertNotEquals(Snapshot.hash(machine), Snapshot.hash(one));
        assertNotEquals(Snapshot.hash(one), Snapshot.hash(other));
        assertEquals(Snapshot.hash(one), Snapshot.hash(restored));
        assertEquals(machine.instructions(), one.instructions());
      }
    }
  }

  @Test
  void aResetIsTheSameForAMachineAndForItsCopies() {
    Virt virt = Virt.bareMetal(elf(RESETTING)).memory("8M");
    try (VirtMachine machine = ALONE.powerOn(virt);
        VirtMachine other = ALONE.fork(machine, own(3));
        VirtMachine fork = ALONE.fork(machine, SAME);
        VirtMachine restored = restored(machine, virt, SAME)) {
      List<VirtMachine> same = List.of(machine, fork, restored);
      for (int life = 0; life < 3; life++) {
        for (VirtMachine one : same) {
          assertInstanceOf(StopReason.Reset.class, one.run(1000));
          assertEquals(Snapshot.hash(machine), Snapshot.hash(one));
        }
        assertInstanceOf(StopReason.Reset.class, other.run(1000));
        assertNotEquals(Snapshot.hash(machine), Snapshot.hash(other));
      }
    }
  }

  /// What can be read once.
  private static final class Fleeting implements Content {
    private final byte[] bytes;
    private boolean gone;

    Fleeting(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public byte[] bytes() {
      if (gone) {
        throw new HostLossException("the kernel's file is gone");
      }
      gone = true;
      return bytes;
    }
  }

  @Test
  void aResetThatFindsNothingToBootStopsTheMachineForGoodAndLosesNothing() {
    Virt virt = Virt.bareMetal(new Fleeting(elf(RESETTING))).memory("8M");
    try (VirtMachine machine = ALONE.powerOn(virt)) {
      StopReason.HostFault fault = assertInstanceOf(StopReason.HostFault.class, machine.run(1000));
      assertEquals("the kernel's file is gone", fault.why());
      assertEquals(StopReason.Remedy.NONE, fault.remedy());
      assertEquals(fault, machine.run(1));
      assertNotEquals(0, machine.memory().read(VirtMachine.RAM_BASE, Integer.BYTES));
    }
  }

  @Test
  void anotherBoardsStateIsRefused() {
    Virt virt = counting(1);
    try (VirtMachine machine = ALONE.powerOn(virt)) {
      for (Virt other : List.of(counting(2), counting(1).memory("16M"))) {
        assertThrows(SnapshotException.class, () -> restored(machine, other, SAME));
      }
    }
  }

  @Test
  void aForkNeedsADiskForEachOfItsParents() {
    try (VirtMachine machine = ALONE.with(List.of(new NoDisk())).powerOn(counting(1))) {
      RefusedException refused =
          assertThrows(RefusedException.class, () -> ALONE.fork(machine, SAME));
      assertTrue(refused.problem().text().contains("each of the guest's 1"));
    }
  }

  @Test
  void theWorldReachesItByItsPorts() {
    try (VirtMachine machine = ALONE.powerOn(counting(2))) {
      assertEquals(
          "balloon Amount, calendar Time, clock Time, console Bytes, identity Seed, power Pressed",
          machine.ports().stream()
              .map(VirtMachineTest::text)
              .sorted()
              .collect(Collectors.joining(", ")));
      assertEquals(
          new Description(2, 8L << 20, Description.ConsoleStyle.SERIAL), machine.description());
      assertTrue(machine.facet(GuestMemory.class).isPresent());
      assertTrue(machine.facet(Statistics.class).isPresent());
      machine.inbox().post(Delivery.clock(1_000_000));
      machine.inbox().post(Delivery.powerButton());
      assertEquals(new StopReason.PoweredOff(0), machine.run(1));
      assertEquals(1_000_000, machine.nanoseconds());
      assertEquals(0, machine.instructions());
    }
  }

  private static String text(Port port) {
    return port.name() + " " + port.takes().getSimpleName();
  }
}
