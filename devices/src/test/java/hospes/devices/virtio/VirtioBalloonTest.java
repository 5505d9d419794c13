package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.devices.Twins;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class VirtioBalloonTest {
  private static final int PAGE = FramePool.FRAME_SIZE;
  private static final long DATA = Driver.RAM + 0x80000;

  private final FrameTable memory = Driver.newMemory();
  private final VirtioBalloon balloon = new VirtioBalloon(memory);
  private final Driver driver = new Driver(memory, balloon, 8);

  private static byte[] pageNumbers(long... addresses) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * addresses.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long address : addresses) {
      bytes.putInt((int) (address / PAGE));
    }
    return bytes.array();
  }

  private void put(int page) {
    memory.write(DATA + (long) page * PAGE, 8, 7);
  }

  private long get(int page) {
    return memory.read(DATA + (long) page * PAGE, 8);
  }

  @Test
  void pagesInTheBalloonCostNothingAndAreZeros() {
    driver.start(0, 2);
    for (int page = 0; page < 4; page++) {
      put(page);
    }
    driver.request(0, pageNumbers(DATA + 9 * PAGE), 0);
    long before = memory.residentBytes();
    driver.request(0, pageNumbers(DATA, DATA + 2 * PAGE), 0);
    assertEquals(before - 2 * PAGE, memory.residentBytes());
    assertEquals(0, get(0));
    assertEquals(7, get(1));
    assertEquals(0, get(2));
    driver.request(1, pageNumbers(DATA), 0);
    put(0);
    assertEquals(7, get(0));
  }

  @Test
  void pagesOutsideOfRamAreLeftAlone() {
    driver.start(0, 2);
    driver.request(0, pageNumbers(0, Driver.RAM + Driver.RAM_BYTES, 0xffff_f000L), 0);
    assertFalse(driver.needsReset());
  }

  /// Whichever number the driver gives the queue for reports.
  @Test
  void reportedPagesCostNothing() {
    for (int queue : new int[] {2, 4}) {
      driver.start(1 << 5, 0);
      driver.setUp(queue);
      for (int page = 0; page < 4; page++) {
        put(page);
      }
      driver.describe(Driver.descriptors(queue), 0, DATA + 1, 3 * PAGE, Driver.WRITE, 0);
      memory.write(Driver.available(queue) + 4, 2, 0);
      memory.write(Driver.available(queue) + 2, 2, 1);
      driver.kick(queue);
      assertEquals(1, driver.usedIndex(queue));
      assertEquals(7, get(0), "only a part of it was reported");
      assertEquals(0, get(1));
      assertEquals(0, get(2));
      assertEquals(7, get(3));
    }
  }

  @Test
  void theTargetIsToldByAnInterruptAndTheAnswerIsRead() {
    driver.start(0, 2);
    long generation = driver.read(0xfc);
    balloon.setTarget(300);
    assertTrue(driver.line.isHigh());
    assertEquals(2, driver.read(0x60));
    assertEquals(300, driver.read(0x100));
    assertFalse(generation == driver.read(0xfc));
    driver.write(0x104, 299);
    driver.write(0x100, 1);
    assertEquals(299, balloon.actual());
    assertEquals(300, driver.read(0x100), "the target is the host's");
  }

  @Test
  void aTargetBeforeThereIsADriverWaitsForIt() {
    balloon.setTarget(5);
    assertFalse(driver.line.isHigh());
    driver.start(0, 2);
    assertEquals(5, driver.read(0x100));
  }

  @Test
  void aResetEmptiesTheBalloonAndKeepsTheTarget() {
    driver.start(0, 2);
    put(0);
    balloon.setTarget(300);
    driver.request(0, pageNumbers(DATA), 0);
    driver.write(0x104, 1);
    assertEquals(1, balloon.actual());
    driver.startOver(0, 2);
    assertEquals(0, balloon.actual());
    assertEquals(300, driver.read(0x100), "the host still asks for as much");
    put(0);
    assertEquals(7, get(0), "what was in the balloon is RAM");
    driver.request(0, pageNumbers(DATA), 0);
    assertEquals(0, get(0), "the second driver gives it again");
  }

  @Test
  void aRestoredBalloonGoesOn() {
    driver.start(0, 2);
    balloon.setTarget(300);
    driver.write(0x104, 299);
    FrameTable other = Driver.newMemory();
    Twins.assertContinuesEqually(
        driver.device(),
        new Driver(other, new VirtioBalloon(other), 8).device(),
        device -> device.read(0xfc, 4) + " " + device.read(0x100, 8));
  }
}
