package hospes.devices.virtio;

import static hospes.devices.virtio.Driver.INDIRECT;
import static hospes.devices.virtio.Driver.NEXT;
import static hospes.devices.virtio.Driver.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.memory.FrameTable;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each thing that a driver may not do fails the device, and a reset brings it back.
class HostileDriverTest {
  private static final long TABLE = Driver.descriptors(0);
  private static final long BUFFER = Driver.BUFFERS;

  private final FrameTable memory = Driver.newMemory();
  private final MemoryDisk disk = new MemoryDisk(64, MemoryDisk.Mode.READ_WRITE);
  private final Driver driver = new Driver(memory, new VirtioBlock(disk, "disk"), 8);

  private void start() {
    driver.start(Virtqueue.INDIRECT_DESCRIPTORS, 1);
  }

  private void assertOfferFails(int head) {
    driver.offer(0, head);
    driver.kick(0);
    assertFailed();
  }

  private void assertFailed() {
    assertTrue(driver.needsReset());
    assertEquals(2, driver.read(0x60) & 2, "the driver is told");
    assertTrue(driver.line.isHigh());
    driver.kick(0);
    assertEquals(0, disk.bytesMoved);
  }

  @AfterEach
  void resetBringsTheDeviceBack() {
    driver.write(0x70, 0);
    assertFalse(driver.line.isHigh());
    memory.write(Driver.available(0) + 2, 2, 0);
    memory.write(Driver.used(0) + 2, 2, 0);
    start();
    byte[] read = new byte[16];
    assertEquals(513, driver.request(0, read, 513));
    assertFalse(driver.needsReset());
  }

  @Test
  void chainWithALoop() {
    start();
    driver.describe(TABLE, 0, BUFFER, 16, NEXT, 1);
    driver.describe(TABLE, 1, BUFFER, 16, NEXT, 0);
    assertOfferFails(0);
  }

  @Test
  void indirectTableWithALoop() {
    start();
    driver.describe(BUFFER, 0, BUFFER, 16, NEXT, 0);
    driver.describe(TABLE, 0, BUFFER, 64, INDIRECT, 0);
    assertOfferFails(0);
  }

  @Test
  void headOutsideTheTable() {
    start();
    assertOfferFails(8);
  }

  @Test
  void nextOutsideTheTable() {
    start();
    driver.describe(TABLE, 0, BUFFER, 16, NEXT, 0xffff);
    assertOfferFails(0);
  }

  @Test
  void bufferOutsideRam() {
    long[] addresses = {0, Driver.RAM - 1, Driver.RAM + Driver.RAM_BYTES - 15, -1L, -16L};
    for (long address : addresses) {
      memory.write(Driver.available(0) + 2, 2, 0);
      start();
      driver.describe(TABLE, 0, address, 16, 0, 0);
      assertOfferFails(0);
    }
  }

  @Test
  void hugeLength() {
    start();
    driver.describe(TABLE, 0, BUFFER, 0xffff_ffffL, 0, 0);
    assertOfferFails(0);
  }

  @Test
  void readableBehindWritable() {
    start();
    driver.describe(TABLE, 0, BUFFER, 16, WRITE | NEXT, 1);
    driver.describe(TABLE, 1, BUFFER, 16, 0, 0);
    assertOfferFails(0);
  }

  @Test
  void nestedIndirectTable() {
    start();
    driver.describe(BUFFER, 0, BUFFER, 16, INDIRECT, 0);
    driver.describe(TABLE, 0, BUFFER, 16, INDIRECT, 0);
    assertOfferFails(0);
  }

  @Test
  void indirectTableThatCannotBeOne() {
    long[][] tables = {{BUFFER, 0}, {BUFFER, 17}, {BUFFER, 16 * 1025}, {0, 16}, {-8, 16}};
    for (long[] table : tables) {
      memory.write(Driver.available(0) + 2, 2, 0);
      start();
      driver.describe(TABLE, 0, table[0], table[1], INDIRECT, 0);
      assertOfferFails(0);
    }
  }

  @Test
  void chainThatGoesOnBehindAnIndirectTable() {
    start();
    driver.describe(BUFFER, 0, BUFFER, 16, 0, 0);
    driver.describe(TABLE, 0, BUFFER, 16, INDIRECT | NEXT, 1);
    assertOfferFails(0);
  }

  @Test
  void availableIndexThatRunsWild() {
    start();
    memory.write(Driver.available(0) + 2, 2, 9);
    driver.kick(0);
    assertFailed();
  }

  @Test
  void notificationBeforeTheDriverIsReady() {
    driver.kick(0);
    assertFailed();
  }

  @Test
  void queueOfAnImpossibleSize() {
    for (long size : new long[] {0, 3, 512, 0x8000_0000L, 0xffff_ffffL}) {
      assertEquals(0xb, driver.negotiate(Driver.VERSION_1));
      driver.write(0x38, size);
      driver.write(0x80, Driver.descriptors(0));
      driver.write(0x90, Driver.available(0));
      driver.write(0xa0, Driver.used(0));
      driver.write(0x44, 1);
      assertEquals(0, driver.read(0x44));
      assertFailed();
    }
  }

  @Test
  void queueThatIsNotInRamOrNotAligned() {
    long end = Driver.RAM + Driver.RAM_BYTES;
    long[][] queues = {
      {TABLE + 8, Driver.available(0), Driver.used(0)},
      {end - 16, Driver.available(0), Driver.used(0)},
      {TABLE, Driver.available(0) + 1, Driver.used(0)},
      {TABLE, end - 2, Driver.used(0)},
      {TABLE, Driver.available(0), Driver.used(0) + 2},
      {TABLE, Driver.available(0), 0x1000_0000L},
      {TABLE, Driver.available(0), 0xffff_fffcL},
    };
    for (long[] queue : queues) {
      assertEquals(0xb, driver.negotiate(Driver.VERSION_1));
      driver.write(0x38, 8);
      driver.write(0x80, queue[0]);
      driver.write(0x90, queue[1]);
      driver.write(0xa0, queue[2]);
      driver.write(0x44, 1);
      assertEquals(0, driver.read(0x44));
      assertFailed();
    }
  }

  @Test
  void oneNotificationForMoreThanTheHostWants() {
    // 8 chains, each of an indirect table whose 1024 entries all name the same piece of RAM.
    start();
    for (int i = 0; i < 1024; i++) {
      int flags = i == 1023 ? 0 : NEXT;
      driver.describe(BUFFER, i, BUFFER, Driver.RAM_BYTES / 4, flags, i + 1);
    }
    driver.describe(TABLE, 0, BUFFER, 16 * 1024, INDIRECT, 0);
    assertOfferFails(0);
  }

  // The device's own answer overwrites the available index: work must not go on for ever.
  @Test
  void answerIntoTheAvailableRingDoesNotFeedItself() {
    start();
    Arrays.fill(disk.content, (byte) 1);
    memory.write(BUFFER, new byte[16], 0, 16);
    driver.describe(TABLE, 0, BUFFER, 16, NEXT, 1);
    driver.describe(TABLE, 1, Driver.available(0), 512, NEXT | WRITE, 2);
    driver.describe(TABLE, 2, BUFFER + 16, 1, WRITE, 0);
    driver.offer(0, 0);
    driver.kick(0);
    assertEquals(1, driver.usedIndex(0));
    assertEquals(512, disk.bytesMoved);
  }
}
