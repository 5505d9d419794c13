package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.devices.Twins;
import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtioMmioTest {
  private final FrameTable memory = Driver.newMemory();
  private final Driver driver = new Driver(memory, new VirtioEntropy(Entropy.fixed(1)), 8);

  @Test
  void introducesItselfAsAModernDevice() {
    assertEquals(0x74726976, driver.read(0x00));
    assertEquals(2, driver.read(0x04));
    assertEquals(4, driver.read(0x08));
    assertEquals(-1L, driver.device().read(0xb0, 8), "no shared memory");
  }

  @Test
  void emptySlotSaysThatNobodyIsThere() {
    EmptyVirtioSlot slot = new EmptyVirtioSlot("virtio7");
    assertEquals(0x74726976, slot.read(0x00, 4));
    assertEquals(0, slot.read(0x08, 4));
    slot.write(0x70, 4, 0xf);
    slot.write(0x50, 4, 0);
    assertEquals(0, slot.read(0x70, 4));
  }

  @Test
  void negotiationNeedsVersion1AndNothingThatWasNotOffered() {
    assertEquals(0xb, driver.negotiate(Driver.VERSION_1));
    assertEquals(0xb, driver.negotiate(driver.offered()));
    assertEquals(0x3, driver.negotiate(0), "a legacy driver is refused");
    assertEquals(0x3, driver.negotiate(Driver.VERSION_1 | 1L << 5));
    assertEquals(0x3, driver.negotiate(Driver.VERSION_1 | 1L << 63));
  }

  @Test
  void featuresAreFixedOnceAccepted() {
    driver.start(0, 1);
    driver.write(0x24, 0);
    driver.write(0x20, Virtqueue.INDIRECT_DESCRIPTORS);
    driver.describe(Driver.descriptors(0), 0, Driver.BUFFERS, 16, Driver.INDIRECT, 0);
    driver.offer(0, 0);
    driver.kick(0);
    assertTrue(driver.needsReset(), "indirect descriptors were not negotiated");
  }

  @Test
  void queueThatDoesNotExistHasNoRoom() {
    driver.write(0x30, 0);
    assertEquals(64, driver.read(0x34));
    for (long queue : new long[] {1, 0x7fff_ffffL, 0xffff_ffffL}) {
      driver.write(0x30, queue);
      assertEquals(0, driver.read(0x34));
      driver.write(0x38, 8);
      driver.write(0x80, 0x1000);
      driver.write(0x44, 1);
      assertEquals(0, driver.read(0x44));
    }
    assertFalse(driver.needsReset());
  }

  @Test
  void usedBufferInterruptsUntilAcknowledged() {
    driver.start(0, 1);
    driver.request(0, new byte[0], 8);
    assertTrue(driver.line.isHigh());
    assertEquals(1, driver.read(0x60));
    driver.write(0x64, 1);
    assertFalse(driver.line.isHigh());
    assertEquals(0, driver.read(0x60));
  }

  @Test
  void driverCanForbidInterrupts() {
    driver.start(0, 1);
    memory.write(Driver.available(0), 2, 1);
    assertEquals(8, driver.request(0, new byte[0], 8));
    assertFalse(driver.line.isHigh());
  }

  @Test
  void eventIndexChoosesTheRequestThatInterrupts() {
    driver.start(Virtqueue.EVENT_INDEX, 1);
    long usedEvent = Driver.available(0) + 4 + 2 * 8;
    long availableEvent = Driver.used(0) + 4 + 8 * 8;
    memory.write(usedEvent, 2, 1);
    driver.request(0, new byte[0], 8);
    assertFalse(driver.line.isHigh());
    assertEquals(1, memory.read(availableEvent, 2));
    driver.request(0, new byte[0], 8);
    assertTrue(driver.line.isHigh());
    assertEquals(2, memory.read(availableEvent, 2));
  }

  @Test
  void ringsWrapAround() {
    driver.start(Virtqueue.EVENT_INDEX, 1);
    long usedEvent = Driver.available(0) + 4 + 2 * 8;
    for (int i = 0; i < 70_000; i++) {
      memory.write(usedEvent, 2, i & 0xffff);
      driver.write(0x64, 1);
      assertEquals(4, driver.request(0, new byte[0], 4));
      assertTrue(driver.line.isHigh());
    }
    assertEquals(70_000 & 0xffff, driver.usedIndex(0));
  }

  @Test
  void indirectTableAndDirectDescriptorsMeanTheSame() {
    driver.start(Virtqueue.INDIRECT_DESCRIPTORS, 1);
    long table = Driver.BUFFERS + 0x8;
    driver.describe(table, 0, Driver.BUFFERS + 0x1000, 3, Driver.NEXT | Driver.WRITE, 2);
    driver.describe(table, 2, Driver.BUFFERS + 0x2000, 5, Driver.WRITE, 0);
    driver.describe(Driver.descriptors(0), 5, table, 48, Driver.INDIRECT, 0);
    driver.offer(0, 5);
    driver.kick(0);
    assertEquals(5L << 32 | 8, driver.nextUsed(0));
    byte[] expected = Entropy.fixed(1).next(8);
    assertEquals(expected[2], (byte) memory.read(Driver.BUFFERS + 0x1002, 1));
    assertEquals(expected[3], (byte) memory.read(Driver.BUFFERS + 0x2000, 1));
  }

  @Test
  void resetForgetsEverything() {
    driver.start(0, 1);
    driver.request(0, new byte[0], 8);
    driver.write(0x70, 0);
    assertEquals(0, driver.status());
    assertEquals(0, driver.read(0x60));
    assertFalse(driver.line.isHigh());
    driver.write(0x30, 0);
    assertEquals(0, driver.read(0x44));
    driver.start(0, 1);
    memory.write(Driver.used(0) + 2, 2, 0);
    assertEquals(8, driver.request(0, new byte[0], 8), "the rings begin at 0 again");
  }

  @Test
  void featuresAreFixedWhileTheDriverRuns() {
    driver.start(0, 1);
    driver.write(0x70, 0x7); // takes back FEATURES_OK alone
    driver.write(0x24, 0);
    driver.write(0x20, Virtqueue.INDIRECT_DESCRIPTORS);
    driver.describe(Driver.descriptors(0), 0, Driver.BUFFERS, 16, Driver.INDIRECT, 0);
    driver.offer(0, 0);
    driver.kick(0);
    assertTrue(driver.needsReset(), "indirect descriptors were not negotiated");
  }

  @Test
  void deviceHearsOfItsDriver() {
    Witness witness = new Witness();
    Driver heard = new Driver(memory, witness, 8);
    heard.startOver(Virtqueue.EVENT_INDEX, 1);
    heard.request(0, new byte[0], 8);
    heard.write(0x70, 0xf);
    String running = "activate(120000000) kick(0) ";
    assertEquals("reset reset " + running, witness.heard(), "once, and again only after a reset");
    heard.startOver(0, 1);
    assertEquals("reset reset activate(100000000) ", witness.heard());
    heard.write(0x50, 7);
    assertEquals("", witness.heard(), "there is no such queue");
    heard.write(0x70, 0x8f);
    heard.kick(0);
    assertEquals("", witness.heard(), "the driver gave up");
    Witness restored = new Witness();
    new Driver(memory, restored, 8).device().restore(new RecordReader(heard.device().toRecord()));
    assertEquals("activate(100000000) ", restored.heard(), "its driver runs");
    heard.write(0x70, 0);
    new Driver(memory, restored = new Witness(), 8)
        .device()
        .restore(new RecordReader(heard.device().toRecord()));
    assertEquals("", restored.heard());
  }

  /// A device that notes what it is told.
  private static final class Witness extends VirtioDevice {
    private final StringBuilder notes = new StringBuilder();

    String heard() {
      String all = notes.toString();
      notes.setLength(0);
      return all;
    }

    @Override
    int deviceType() {
      return 4;
    }

    @Override
    long features() {
      return 0;
    }

    @Override
    List<QueueLimits> queues() {
      return List.of(new QueueLimits(8, 64, 64));
    }

    @Override
    byte[] configuration() {
      return new byte[0];
    }

    @Override
    void activate(long features) {
      notes.append("activate(%x) ".formatted(features));
    }

    @Override
    void reset() {
      notes.append("reset ");
    }

    @Override
    void kick(int queueNumber, Virtqueue queue) {
      notes.append("kick(%d) ".formatted(queueNumber));
    }

    @Override
    void save(RecordWriter out) {
      // The notes are the test's.
    }

    @Override
    void restore(RecordReader in) {
      // The notes are the test's.
    }
  }

  @Test
  void restoredSlotContinuesEqually() {
    driver.start(Virtqueue.EVENT_INDEX, 1);
    driver.request(0, new byte[0], 8);
    Driver twin = new Driver(memory, new VirtioEntropy(Entropy.fixed(2)), 8);
    driver.offer(0, 0);
    Twins.assertContinuesEqually(
        driver.device(),
        twin.device(),
        slot -> {
          slot.write(0x50, 4, 0);
          return "%x %x %x"
              .formatted(slot.read(0x60, 4), slot.read(0x70, 4), memory.read(Driver.used(0), 4));
        });
    assertEquals(2, driver.usedIndex(0));
  }

  @Test
  void damagedOrForeignRecordIsRefused() {
    driver.start(0, 1);
    var saved = driver.device().toRecord();
    Driver console = new Driver(memory, new VirtioConsole(value -> {}), 8);
    assertThrows(SnapshotException.class, () -> console.device().restore(new RecordReader(saved)));
    FrameTable elsewhere = new FrameTable(new FramePool(), 0x1000, FramePool.FRAME_SIZE);
    Driver smaller = new Driver(elsewhere, new VirtioEntropy(Entropy.fixed(1)), 8);
    assertThrows(
        SnapshotException.class,
        () -> smaller.device().restore(new RecordReader(saved)),
        "its queues are not in RAM here");
  }
}
