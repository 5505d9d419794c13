package hospes.devices;

import static hospes.devices.HartInterrupt.MACHINE_SOFTWARE;
import static hospes.devices.HartInterrupt.MACHINE_TIMER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClintTest {
  private long ticks;
  private final FakeHart first = new FakeHart();
  private final FakeHart second = new FakeHart();
  private final Clint clint = newClint();

  private Clint newClint() {
    return new Clint("clint", List.of(first, second), () -> ticks);
  }

  @Test
  void softwareInterruptReachesItsHartOnly() {
    clint.write(4, 4, 0xffff_ffffL);
    assertEquals(Set.of(), first.high());
    assertEquals(Set.of(MACHINE_SOFTWARE), second.high());
    assertEquals(1, clint.read(4, 4), "only bit 0 exists");
    clint.write(4, 4, 0);
    assertEquals(Set.of(), second.high());
  }

  @Test
  void timerIsHighWhileTimeHasReachedIt() {
    clint.write(0x4008, 8, 100);
    assertEquals(100, clint.nextDeadlineTicks());
    ticks = 99;
    clint.update();
    assertEquals(Set.of(), second.high());
    ticks = 100;
    clint.update();
    assertEquals(Set.of(MACHINE_TIMER), second.high());
    assertEquals(Set.of(), first.high());
    assertEquals(Long.MAX_VALUE, clint.nextDeadlineTicks(), "it went off already");
    clint.write(0x4008, 8, 101);
    assertEquals(Set.of(), second.high());
  }

  @Test
  void nearestTimerIsTheDeadline() {
    clint.write(0x4000, 8, 300);
    clint.write(0x4008, 8, 200);
    assertEquals(200, clint.nextDeadlineTicks());
  }

  @Test
  void compareIsWrittenInHalvesByA32BitDriver() {
    clint.write(0x4004, 4, 0xffff_ffffL);
    clint.write(0x4000, 4, 7);
    clint.write(0x4004, 4, 1);
    assertEquals(0x1_0000_0007L, clint.read(0x4000, 8));
    assertEquals(1, clint.read(0x4004, 4));
  }

  @Test
  void timeCanBeWrittenAndTimersFollow() {
    ticks = 1_000;
    clint.write(0x4000, 8, 5_000);
    clint.write(0xbff8, 8, 4_990);
    ticks = 1_004;
    assertEquals(4_994, clint.read(0xbff8, 8));
    assertEquals(1_010, clint.nextDeadlineTicks());
    clint.write(0xbff8, 8, 5_000);
    assertEquals(Set.of(MACHINE_TIMER), first.high());
  }

  @Test
  void comparisonIsUnsignedAndAllOnesIsNever() {
    ticks = 5;
    clint.update();
    assertEquals(Set.of(), first.high());
    assertEquals(Long.MAX_VALUE, clint.nextDeadlineTicks());
    clint.write(0x4000, 8, Long.MIN_VALUE);
    assertEquals(Set.of(), first.high());
    assertEquals(Long.MAX_VALUE, clint.nextDeadlineTicks());
  }

  @Test
  void restoredClintContinuesEqually() {
    ticks = 10;
    clint.write(0xbff8, 8, 500);
    clint.write(0x4000, 8, 600);
    clint.write(4, 4, 1);
    Twins.assertContinuesEqually(
        clint,
        newClint(),
        twin -> {
          ticks = 20;
          long deadline = twin.nextDeadlineTicks();
          ticks = deadline;
          twin.update();
          return deadline + " " + first.high() + twin.time() + twin.read(4, 4);
        });
  }
}
