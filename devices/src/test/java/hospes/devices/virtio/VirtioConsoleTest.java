package hospes.devices.virtio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.devices.Twins;
import hospes.memory.FrameTable;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class VirtioConsoleTest {
  private static final int RECEIVE = 0;
  private static final int TRANSMIT = 1;

  private final FrameTable memory = Driver.newMemory();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final VirtioConsole console = new VirtioConsole(sent::write);
  private final Driver driver = new Driver(memory, console, 8);

  private static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }

  private void offerBuffer(int index, int length) {
    driver.describe(Driver.descriptors(RECEIVE), index, buffer(index), length, Driver.WRITE, 0);
    driver.offer(RECEIVE, index);
  }

  private static long buffer(int index) {
    return Driver.BUFFERS + 0x1000L * index;
  }

  private String received(int index, int length) {
    byte[] bytes = new byte[length];
    memory.read(buffer(index), bytes, 0, length);
    return new String(bytes, US_ASCII);
  }

  @Test
  void guestSends() {
    driver.start(0, 2);
    assertEquals(0, driver.request(TRANSMIT, text("hello"), 0));
    assertArrayEquals(text("hello"), sent.toByteArray());
    assertTrue(driver.line.isHigh());
  }

  @Test
  void typedBytesFillTheBuffersThatAreOffered() {
    driver.start(0, 2);
    offerBuffer(0, 4);
    offerBuffer(1, 4);
    driver.kick(RECEIVE);
    assertEquals(0, driver.usedIndex(RECEIVE));
    assertFalse(driver.line.isHigh());
    console.receive(text("typed!"));
    assertTrue(driver.line.isHigh());
    assertEquals(4, driver.nextUsed(RECEIVE));
    assertEquals(1L << 32 | 2, driver.nextUsed(RECEIVE));
    assertEquals("typed!", received(0, 4) + received(1, 2));
  }

  @Test
  void bytesWaitForADriverAndForItsBuffers() {
    console.receive(text("early"));
    driver.start(Virtqueue.EVENT_INDEX, 2);
    offerBuffer(0, 3);
    driver.kick(RECEIVE);
    assertEquals("ear", received(0, 3));
    assertEquals(1, memory.read(Driver.used(RECEIVE) + 4 + 8 * 8, 2), "it wants to be told");
    offerBuffer(1, 64);
    driver.kick(RECEIVE);
    assertEquals("ly", received(1, 2));
    assertEquals(VirtioConsole.BACKLOG, console.room());
  }

  @Test
  void whatWasTypedOutlivesAReset() {
    driver.start(0, 2);
    console.receive(text("early"));
    offerBuffer(0, 2);
    driver.kick(RECEIVE);
    assertEquals("ea", received(0, 2));
    driver.startOver(Virtqueue.EVENT_INDEX, 2);
    console.receive(text(" and late"));
    offerBuffer(0, 64);
    driver.kick(RECEIVE);
    assertEquals("rly and late", received(0, 12));
    assertEquals(0, driver.request(TRANSMIT, text("heard"), 0));
    assertArrayEquals(text("heard"), sent.toByteArray());
  }

  @Test
  void restoredConsoleContinuesEqually() {
    driver.start(0, 2);
    console.receive(text("waiting"));
    offerBuffer(0, 5);
    VirtioConsole other = new VirtioConsole(sent::write);
    Driver twin = new Driver(memory, other, 8);
    Twins.assertContinuesEqually(
        driver.device(),
        twin.device(),
        slot -> {
          memory.write(Driver.used(RECEIVE) + 2, 2, 0);
          slot.write(0x50, 4, RECEIVE);
          return received(0, 5) + driver.usedIndex(RECEIVE) + slot.read(0x60, 4);
        });
    assertEquals("waiti", received(0, 5));
    assertEquals(console.room(), other.room());
  }
}
