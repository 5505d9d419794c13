package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.devices.Twins;
import hospes.memory.FrameTable;
import org.junit.jupiter.api.Test;

class VirtioInputTest {
  private static final int EVENTS = 0;
  private static final int LIGHTS = 1;
  private static final long POWER_DOWN = 1L << 32 | 116 << 16 | 1;
  private static final long POWER_UP = 116 << 16 | 1;

  private final FrameTable memory = Driver.newMemory();
  private final VirtioInput button = new VirtioInput();
  private final Driver driver = new Driver(memory, button, 8);

  private static long buffer(int index) {
    return Driver.BUFFERS + 0x100L * index;
  }

  private void offerBuffer(int index, int length) {
    driver.describe(Driver.descriptors(EVENTS), index, buffer(index), length, Driver.WRITE, 0);
    driver.offer(EVENTS, index);
  }

  private void select(int select, int subselect) {
    driver.device().write(0x100, 1, select);
    driver.device().write(0x101, 1, subselect);
  }

  private long configuration(int index) {
    return driver.device().read(0x100 + index, 1);
  }

  @Test
  void aButtonThatNobodyListensToIsNotHeard() {
    assertFalse(button.press());
    driver.negotiate(Driver.VERSION_1);
    assertFalse(button.press(), "the driver is not ready");
    driver.start(0, 2);
    assertTrue(button.press());
    driver.write(0x70, 0);
    assertFalse(button.press(), "the driver left");
  }

  @Test
  void aPressIsDownAndUp() {
    driver.start(0, 2);
    for (int i = 0; i < 4; i++) {
      offerBuffer(i, 8);
    }
    driver.kick(EVENTS);
    assertFalse(driver.line.isHigh());
    assertTrue(button.press());
    assertTrue(driver.line.isHigh());
    long[] expected = {POWER_DOWN, 0, POWER_UP, 0};
    for (int i = 0; i < 4; i++) {
      assertEquals((long) i << 32 | 8, driver.nextUsed(EVENTS));
      assertEquals(expected[i], memory.read(buffer(i), 8), "event " + i);
    }
  }

  @Test
  void eventsWaitForBuffersAndManyPressesDoNoHarm() {
    driver.start(0, 2);
    for (int i = 0; i < 100; i++) {
      assertTrue(button.press());
    }
    offerBuffer(0, 8);
    driver.kick(EVENTS);
    assertEquals(POWER_DOWN, memory.read(buffer(0), 8));
    offerBuffer(1, 4);
    driver.kick(EVENTS);
    assertTrue(driver.needsReset(), "a buffer has no room for an event");
  }

  @Test
  void theConfigurationNamesOneKey() {
    select(0x01, 0);
    assertEquals("Power Button".length(), configuration(2));
    assertEquals('P', configuration(8));
    select(0x11, 1);
    assertEquals(15, configuration(2));
    assertEquals(1 << 4, configuration(8 + 14));
    select(0x03, 0);
    assertEquals(8, configuration(2));
    select(0x11, 2);
    assertEquals(0, configuration(2));
    select(0x55, 0xff);
    assertEquals(0, configuration(2));
  }

  @Test
  void lightsAreTakenAndIgnored() {
    driver.start(0, 2);
    assertEquals(0, driver.request(LIGHTS, new byte[8], 0));
    assertFalse(driver.needsReset());
  }

  @Test
  void aResetForgetsPressesAndWhatWasSelected() {
    driver.start(0, 2);
    select(0x11, 1);
    assertTrue(button.press());
    driver.startOver(0, 2);
    assertEquals(0, configuration(0) + configuration(1) + configuration(2));
    for (int i = 0; i < 4; i++) {
      offerBuffer(i, 8);
    }
    driver.kick(EVENTS);
    assertEquals(0, driver.usedIndex(EVENTS), "the press was not for this driver");
    assertTrue(button.press());
    assertEquals(4, driver.usedIndex(EVENTS));
    assertEquals(POWER_DOWN, memory.read(buffer(0), 8));
  }

  @Test
  void aRestoredButtonContinuesEqually() {
    driver.start(0, 2);
    select(0x11, 1);
    button.press();
    offerBuffer(0, 8);
    Driver twin = new Driver(memory, new VirtioInput(), 8);
    Twins.assertContinuesEqually(
        driver.device(),
        twin.device(),
        slot -> {
          memory.write(Driver.used(EVENTS) + 2, 2, 0);
          memory.write(buffer(0), 8, 0);
          slot.write(0x50, 4, EVENTS);
          return memory.read(buffer(0), 8) + " " + slot.read(0x102, 1) + " " + slot.read(0x60, 4);
        });
  }
}
