package hospes.devices;

import static hospes.devices.HartInterrupt.MACHINE_EXTERNAL;
import static hospes.devices.HartInterrupt.SUPERVISOR_EXTERNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlicTest {
  private static final int UART = 10;
  private static final int SUPERVISOR_0 = 1;
  private static final int MACHINE_1 = 2;

  private final FakeHart first = new FakeHart();
  private final FakeHart second = new FakeHart();
  private final Plic plic = newPlic();
  private final InterruptLine uart = plic.line(UART);

  private Plic newPlic() {
    return new Plic("plic", List.of(first, second));
  }

  private void setPriority(int source, int priority) {
    plic.write(4L * source, 4, priority);
  }

  private void enable(int context, int word, long bits) {
    plic.write(0x2000 + 0x80L * context + 4L * word, 4, bits);
  }

  private void setThreshold(int context, int threshold) {
    plic.write(0x200000 + 0x1000L * context, 4, threshold);
  }

  private static long claim(Plic plic, int context) {
    return plic.read(0x200004 + 0x1000L * context, 4);
  }

  private static void complete(Plic plic, int context, long source) {
    plic.write(0x200004 + 0x1000L * context, 4, source);
  }

  private void enableUart() {
    setPriority(UART, 1);
    enable(SUPERVISOR_0, 0, 1 << UART);
  }

  @Test
  void highLineReachesTheContextThatEnabledIt() {
    enableUart();
    uart.raise();
    assertEquals(Set.of(SUPERVISOR_EXTERNAL), first.high());
    assertEquals(Set.of(), second.high());
    enable(MACHINE_1, 0, 1 << UART);
    assertEquals(Set.of(MACHINE_EXTERNAL), second.high());
    assertEquals(1 << UART, plic.read(0x1000, 4));
  }

  @Test
  void claimTakesTheRequestFromAllContexts() {
    enableUart();
    enable(MACHINE_1, 0, 1 << UART);
    uart.raise();
    assertEquals(UART, claim(plic, SUPERVISOR_0));
    assertEquals(0, claim(plic, MACHINE_1));
    assertEquals(Set.of(), first.high());
    assertEquals(Set.of(), second.high());
  }

  @Test
  void gatewayLetsTheNextRequestThroughOnlyAfterCompletion() {
    enableUart();
    uart.raise();
    claim(plic, SUPERVISOR_0);
    uart.lower();
    uart.raise();
    assertEquals(0, claim(plic, SUPERVISOR_0));
    complete(plic, SUPERVISOR_0, UART);
    assertEquals(Set.of(SUPERVISOR_EXTERNAL), first.high(), "the line is still high");
    assertEquals(UART, claim(plic, SUPERVISOR_0));
    uart.lower();
    complete(plic, SUPERVISOR_0, UART);
    assertEquals(Set.of(), first.high());
    assertEquals(0, claim(plic, SUPERVISOR_0));
  }

  @Test
  void requestStaysWhenTheLineFallsBeforeTheClaim() {
    enableUart();
    uart.raise();
    uart.lower();
    assertEquals(Set.of(SUPERVISOR_EXTERNAL), first.high());
    assertEquals(UART, claim(plic, SUPERVISOR_0));
    complete(plic, SUPERVISOR_0, UART);
    assertEquals(0, claim(plic, SUPERVISOR_0));
  }

  @Test
  void highestPriorityIsClaimedFirstAndTheLowestNumberAmongEquals() {
    for (int source : new int[] {3, 40, 64, 95}) {
      setPriority(source, source == 64 ? 7 : 2);
      plic.line(source).raise();
    }
    enable(SUPERVISOR_0, 0, 0xffff_ffffL);
    enable(SUPERVISOR_0, 1, 0xffff_ffffL);
    enable(SUPERVISOR_0, 2, 0xffff_ffffL);
    assertEquals(64, claim(plic, SUPERVISOR_0));
    assertEquals(3, claim(plic, SUPERVISOR_0));
    assertEquals(40, claim(plic, SUPERVISOR_0));
    assertEquals(95, claim(plic, SUPERVISOR_0));
    assertEquals(0, claim(plic, SUPERVISOR_0));
  }

  @Test
  void thresholdMasksTheWireButNotTheClaim() {
    enableUart();
    setThreshold(SUPERVISOR_0, 1);
    uart.raise();
    assertEquals(Set.of(), first.high());
    setThreshold(SUPERVISOR_0, 0);
    assertEquals(Set.of(SUPERVISOR_EXTERNAL), first.high());
    setThreshold(SUPERVISOR_0, 7);
    assertEquals(UART, claim(plic, SUPERVISOR_0));
  }

  @Test
  void priorityZeroNeverInterrupts() {
    enableUart();
    setPriority(UART, 0);
    uart.raise();
    assertEquals(Set.of(), first.high());
    assertEquals(0, claim(plic, SUPERVISOR_0));
    setPriority(UART, 1);
    assertEquals(Set.of(SUPERVISOR_EXTERNAL), first.high());
  }

  @Test
  void completionOfWhatIsNotEnabledIsIgnored() {
    enableUart();
    uart.raise();
    claim(plic, SUPERVISOR_0);
    complete(plic, MACHINE_1, UART);
    complete(plic, SUPERVISOR_0, 11);
    complete(plic, SUPERVISOR_0, 0);
    complete(plic, SUPERVISOR_0, 0xffff_ffffL);
    assertEquals(Set.of(), first.high());
    complete(plic, SUPERVISOR_0, UART);
    assertEquals(Set.of(SUPERVISOR_EXTERNAL), first.high());
  }

  @Test
  void registersHoldWhatExists() {
    setPriority(UART, 0xff);
    assertEquals(7, plic.read(4L * UART, 4));
    setPriority(0, 7);
    assertEquals(0, plic.read(0, 4), "there is no source 0");
    enable(SUPERVISOR_0, 0, 0xffff_ffffL);
    assertEquals(0xffff_fffeL, plic.read(0x2080, 4));
    setThreshold(SUPERVISOR_0, 0x1f);
    assertEquals(7, plic.read(0x201000, 4));
    plic.write(0x1000, 4, 0xffff_ffffL);
    assertEquals(0, plic.read(0x1000, 4), "pending bits are read-only");
    assertThrows(IllegalArgumentException.class, () -> plic.line(0));
    assertThrows(IllegalArgumentException.class, () -> plic.line(96));
  }

  @Test
  void restoredPlicContinuesEqually() {
    enableUart();
    setPriority(5, 3);
    enable(SUPERVISOR_0, 0, 1 << UART | 1 << 5);
    setThreshold(MACHINE_1, 4);
    uart.raise();
    claim(plic, SUPERVISOR_0);
    plic.line(5).raise();
    Twins.assertContinuesEqually(
        plic,
        newPlic(),
        twin -> {
          String seen = claim(twin, SUPERVISOR_0) + " " + first.high();
          complete(twin, SUPERVISOR_0, UART);
          twin.line(5).lower();
          return seen + first.high() + claim(twin, SUPERVISOR_0) + twin.read(0x202000, 4);
        });
  }
}
