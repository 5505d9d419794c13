package hospes.devices;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class Ns16550aTest {
  private static final int DATA = 0;
  private static final int IER = 1;
  private static final int IIR = 2;
  private static final int FCR = 2;
  private static final int LCR = 3;
  private static final int MCR = 4;
  private static final int LSR = 5;
  private static final int MSR = 6;
  private static final int SCR = 7;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final FakeLine line = new FakeLine();
  private final Ns16550a uart = newUart();

  private Ns16550a newUart() {
    return new Ns16550a("uart", sent::write, line);
  }

  private static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }

  private static boolean isReady(Ns16550a uart) {
    return (uart.read(LSR, 1) & 1) != 0;
  }

  private static String readAll(Ns16550a uart) {
    StringBuilder all = new StringBuilder();
    while (isReady(uart)) {
      all.append((char) uart.read(DATA, 1));
    }
    return all.toString();
  }

  @Test
  void sendsAtOnce() {
    uart.write(DATA, 1, 'h');
    uart.write(DATA, 1, 'i');
    assertArrayEquals(text("hi"), sent.toByteArray());
    assertEquals(0x60, uart.read(LSR, 1));
  }

  @Test
  void divisorLatchHidesDataAndInterruptEnable() {
    uart.write(IER, 1, 0);
    uart.write(LCR, 1, 0x83);
    uart.write(DATA, 1, 0x34);
    uart.write(IER, 1, 0x12);
    assertEquals(0x34, uart.read(DATA, 1));
    assertEquals(0x12, uart.read(IER, 1));
    uart.write(LCR, 1, 0x03);
    assertEquals(0, uart.read(IER, 1));
    assertEquals(0, sent.size());
    uart.write(SCR, 1, 0xa5);
    assertEquals(0xa5, uart.read(SCR, 1));
  }

  @Test
  void receivesWhatWasTypedWithoutFifo() {
    uart.receive(text("abc"));
    assertEquals("abc", readAll(uart));
    assertEquals(0, uart.read(DATA, 1));
  }

  @Test
  void backlogRefillsTheFifoAsTheGuestReads() {
    byte[] typed = new byte[Ns16550a.BACKLOG];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = (byte) (i * 31 >>> 3);
    }
    uart.write(FCR, 1, 0x01);
    uart.write(IER, 1, 0x01);
    uart.receive(typed);
    for (byte expected : typed) {
      assertTrue(line.isHigh());
      assertEquals(expected, (byte) uart.read(DATA, 1));
    }
    assertFalse(line.isHigh());
    assertEquals(Ns16550a.BACKLOG, uart.room());
  }

  @Test
  void moreThanTheBacklogIsAnOverrun() {
    uart.write(IER, 1, 0x04);
    uart.receive(new byte[Ns16550a.BACKLOG]);
    assertFalse(line.isHigh());
    uart.receive(new byte[10]);
    assertTrue(line.isHigh());
    assertEquals(0x06, uart.read(IIR, 1));
    assertEquals(0x63, uart.read(LSR, 1));
    assertEquals(0x61, uart.read(LSR, 1), "reading clears it");
    assertFalse(line.isHigh());
  }

  @Test
  void triggerLevelAndTimeoutAreTold() {
    uart.write(FCR, 1, 0xc1); // 14 bytes
    uart.write(IER, 1, 0x01);
    uart.receive(text("0123456789abc"));
    assertEquals(0xcc, uart.read(IIR, 1), "13 bytes on a silent line: timeout");
    uart.receive(text("d"));
    assertEquals(0xc4, uart.read(IIR, 1));
    uart.read(DATA, 1);
    assertEquals(0xcc, uart.read(IIR, 1));
    assertEquals("123456789abcd", readAll(uart));
    assertEquals(0xc1, uart.read(IIR, 1));
  }

  @Test
  void transmitterInterruptIsClearedByReadingItAndComesBackWithTheNextByte() {
    uart.write(IER, 1, 0x02);
    assertTrue(line.isHigh(), "enabling it with an empty transmitter interrupts");
    assertEquals(0x02, uart.read(IIR, 1));
    assertFalse(line.isHigh());
    assertEquals(0x01, uart.read(IIR, 1));
    uart.write(DATA, 1, 'x');
    assertTrue(line.isHigh());
    uart.read(IIR, 1);
    uart.write(IER, 1, 0);
    uart.write(IER, 1, 0x02);
    assertTrue(line.isHigh(), "Linux tests that enabling it again interrupts again");
  }

  @Test
  void receivedDataIsMoreUrgentThanTheTransmitter() {
    uart.write(IER, 1, 0x03);
    uart.receive(text("a"));
    assertEquals(0x04, uart.read(IIR, 1));
    uart.read(DATA, 1);
    assertEquals(0x02, uart.read(IIR, 1));
  }

  @Test
  void loopbackTurnsBytesAndModemLinesAround() {
    uart.receive(text("typed"));
    uart.write(FCR, 1, 0x01);
    uart.write(IER, 1, 0x01);
    uart.write(MCR, 1, 0x10);
    assertFalse(isReady(uart), "the far end is disconnected");
    uart.read(MSR, 1);
    uart.write(MCR, 1, 0x1a); // RTS and OUT2, as Linux probes
    assertEquals(0x90, uart.read(MSR, 1) & 0xf0);
    uart.write(DATA, 1, 'l');
    assertEquals("l", readAll(uart));
    assertEquals(0, sent.size());
    for (int i = 0; i < 17; i++) {
      uart.write(DATA, 1, i);
    }
    assertEquals(0x63, uart.read(LSR, 1), "the 17th byte is an overrun");
    uart.write(MCR, 1, 0x0b);
    assertEquals(0xb0, uart.read(MSR, 1) & 0xf0);
    assertEquals("typed", readAll(uart));
  }

  @Test
  void modemChangesInterruptUntilRead() {
    uart.write(IER, 1, 0x08);
    uart.write(MCR, 1, 0x10);
    assertTrue(line.isHigh());
    assertEquals(0x00, uart.read(IIR, 1));
    assertEquals(0x0b, uart.read(MSR, 1));
    assertFalse(line.isHigh());
    uart.write(MCR, 1, 0x14); // ring begins: no change is told
    assertEquals(0x40, uart.read(MSR, 1));
    uart.write(MCR, 1, 0x10);
    assertEquals(0x04, uart.read(MSR, 1), "ring ended");
  }

  // The order of accesses of Linux's 8250 driver when it starts, with its reads of the data
  // register to nowhere.
  @Test
  void startingDriverLosesNothingThatWasTypedBefore() {
    uart.receive(text("uname -a\npoweroff\n"));
    for (int control : new int[] {0x01, 0x07, 0x00}) {
      uart.write(FCR, 1, control);
    }
    for (int i = 0; i < 2; i++) {
      uart.read(LSR, 1);
      uart.read(DATA, 1);
      uart.read(IIR, 1);
      uart.read(MSR, 1);
      uart.write(LCR, 1, 0x03);
      uart.write(IER, 1, 0x02);
      uart.write(IER, 1, 0x00);
      for (char c :
          "a line of the boot console meanwhile, longer than 64 characters it is".toCharArray()) {
        uart.read(LSR, 1);
        uart.write(DATA, 1, c);
      }
    }
    uart.write(IER, 1, 0x05);
    uart.write(FCR, 1, 0x81);
    assertTrue(line.isHigh());
    assertEquals("uname -a\npoweroff\n", readAll(uart));
  }

  @Test
  void pollingGuestThatResetTheFifoGetsItsBytes() {
    uart.write(FCR, 1, 0x07);
    uart.receive(text("go\n"));
    int polls = 0;
    while (!isReady(uart)) {
      polls++;
      assertTrue(polls < 100, "it polls in vain");
    }
    assertEquals("go\n", readAll(uart));
  }

  @Test
  void restoredUartContinuesEqually() {
    uart.write(FCR, 1, 0x81);
    uart.write(IER, 1, 0x03);
    uart.receive(text("a text that is longer than the FIFO"));
    uart.read(DATA, 1);
    uart.write(LCR, 1, 0x1b);
    uart.write(MCR, 1, 0x0b);
    uart.write(SCR, 1, 9);
    Twins.assertContinuesEqually(
        uart,
        newUart(),
        twin -> {
          StringBuilder seen = new StringBuilder();
          for (int i = 1; i < 8; i++) {
            seen.append(twin.read(i, 1)).append(' ');
          }
          twin.receive(text(" and more"));
          return seen + readAll(twin) + twin.read(IIR, 1) + line.isHigh();
        });
  }
}
