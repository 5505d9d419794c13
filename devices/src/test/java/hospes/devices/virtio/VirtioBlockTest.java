package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.devices.Twins;
import hospes.memory.FrameTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VirtioBlockTest {
  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int FLUSH = 4;
  private static final int GET_ID = 8;
  private static final int DISCARD = 11;
  private static final int WRITE_ZEROES = 13;
  private static final long F_FLUSH = 1 << 9;

  private static final int OK = 0;
  private static final int IOERR = 1;
  private static final int UNSUPP = 2;

  private final FrameTable memory = Driver.newMemory();
  private final MemoryDisk disk = new MemoryDisk(64, MemoryDisk.Mode.READ_WRITE);
  private final Driver driver = started(disk, F_FLUSH);

  private Driver started(MemoryDisk content, long features) {
    Driver started = new Driver(memory, new VirtioBlock(content, "hospes-0"), 16);
    started.start(features, 1);
    return started;
  }

  private static byte[] header(int type, long sector, byte[] data) {
    return ByteBuffer.allocate(16 + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(0)
        .putLong(sector)
        .put(data)
        .array();
  }

  private static int status(Driver driver, int type, long sector, byte[] data) {
    driver.request(0, header(type, sector, data), 1);
    return driver.answer(1)[0];
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7 + (i >>> 8));
    }
    return bytes;
  }

  private static byte[] segment(long sector, int sectors, int flags) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(sector)
        .putInt(sectors)
        .putInt(flags)
        .array();
  }

  @Test
  void configurationTellsTheSizeAndLimits() {
    assertEquals(64, driver.device().read(0x100, 8));
    assertEquals(126, driver.read(0x10c));
    assertEquals(512, driver.read(0x114));
    assertEquals(1, driver.device().read(0x100 + 56, 1));
    assertEquals(0, driver.read(0x400));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    byte[] data = pattern(4 * 512);
    assertEquals(OK, status(driver, OUT, 3, data));
    assertArrayEquals(data, Arrays.copyOfRange(disk.content, 3 * 512, 7 * 512));
    assertEquals(data.length + 1, driver.request(0, header(IN, 3, new byte[0]), 4 * 512 + 1));
    assertArrayEquals(Arrays.copyOf(data, 4 * 512 + 1), driver.answer(4 * 512 + 1));
  }

  @Test
  void framingOfARequestDoesNotMatter() {
    byte[] data = pattern(512);
    byte[] request = header(OUT, 5, data);
    memory.write(Driver.BUFFERS, request, 0, request.length);
    long table = Driver.descriptors(0);
    driver.describe(table, 3, Driver.BUFFERS, 7, Driver.NEXT, 1);
    driver.describe(table, 1, Driver.BUFFERS + 7, 0, Driver.NEXT, 4);
    driver.describe(table, 4, Driver.BUFFERS + 7, 300, Driver.NEXT, 0);
    driver.describe(table, 0, Driver.BUFFERS + 307, 16 + 512 - 307, Driver.NEXT, 2);
    driver.describe(table, 2, Driver.BUFFERS + 0x4000, 1, Driver.WRITE, 0);
    memory.write(Driver.BUFFERS + 0x4000, 1, 0xff);
    driver.offer(0, 3);
    driver.kick(0);
    assertEquals(3L << 32 | 1, driver.nextUsed(0));
    assertEquals(OK, memory.read(Driver.BUFFERS + 0x4000, 1));
    assertArrayEquals(data, Arrays.copyOfRange(disk.content, 5 * 512, 6 * 512));
  }

  @Test
  void requestsOutsideTheDiskAreErrors() {
    for (long sector : new long[] {64, 1L << 55, -1L, Long.MAX_VALUE}) {
      assertEquals(IOERR, status(driver, OUT, sector, new byte[512]));
    }
    assertEquals(IOERR, status(driver, OUT, 63, new byte[1024]));
    assertEquals(IOERR, status(driver, OUT, 0, new byte[100]), "not whole sectors");
    assertEquals(OK, status(driver, OUT, 63, new byte[512]));
    driver.request(0, header(IN, 60, new byte[0]), 5 * 512 + 1);
    assertEquals(IOERR, driver.answer(5 * 512 + 1)[5 * 512]);
  }

  @Test
  void failingDiskIsAnErrorAndNotTheEnd() {
    disk.fails = true;
    assertEquals(IOERR, status(driver, OUT, 0, new byte[512]));
    assertEquals(IOERR, status(driver, FLUSH, 0, new byte[0]));
    assertEquals(IOERR, status(driver, DISCARD, 0, segment(0, 1, 0)));
    driver.request(0, header(IN, 0, new byte[0]), 513);
    assertEquals(IOERR, driver.answer(513)[512]);
    disk.fails = false;
    assertEquals(OK, status(driver, OUT, 0, new byte[512]));
  }

  @Test
  void flushReachesTheStoreAndEveryWriteDoesWithoutIt() {
    status(driver, OUT, 0, new byte[512]);
    assertEquals(0, disk.flushes);
    assertEquals(OK, status(driver, FLUSH, 0, new byte[0]));
    assertEquals(1, disk.flushes);
    Driver writeThrough = started(disk, 0);
    memory.write(Driver.used(0) + 2, 2, 0);
    status(writeThrough, OUT, 0, new byte[512]);
    assertEquals(2, disk.flushes);
  }

  @Test
  void aResetForgetsThatTheDriverFlushes() {
    assertEquals(OK, status(driver, OUT, 0, pattern(512)));
    assertEquals(0, disk.flushes);
    driver.startOver(0, 1);
    assertEquals(OK, status(driver, OUT, 1, new byte[512]));
    assertEquals(1, disk.flushes, "the second driver knows of no flush");
    driver.startOver(F_FLUSH, 1);
    assertEquals(OK, status(driver, OUT, 2, new byte[512]));
    assertEquals(1, disk.flushes);
    driver.request(0, header(IN, 0, new byte[0]), 513);
    assertArrayEquals(pattern(512), driver.answer(512), "what the first one wrote");
  }

  @Test
  void aRestoredDiskFlushesAsItsDriverNegotiated() {
    for (long features : new long[] {F_FLUSH, 0}) {
      driver.startOver(features, 1);
      disk.flushes = 0;
      byte[] request = header(OUT, 0, new byte[512]);
      memory.write(Driver.BUFFERS, request, 0, request.length);
      driver.describe(Driver.descriptors(0), 0, Driver.BUFFERS, request.length, Driver.NEXT, 1);
      driver.describe(Driver.descriptors(0), 1, Driver.BUFFERS + 0x20000, 1, Driver.WRITE, 0);
      driver.offer(0, 0);
      Driver twin = new Driver(memory, new VirtioBlock(disk, "hospes-0"), 16);
      Twins.assertContinuesEqually(
          driver.device(),
          twin.device(),
          slot -> {
            disk.flushes = 0;
            slot.write(0x50, 4, 0);
            return disk.flushes + " " + slot.read(0x60, 4);
          });
      assertEquals(features == 0 ? 1 : 0, disk.flushes);
    }
  }

  @Test
  void discardAndWriteZeroesMakeZeros() {
    Arrays.fill(disk.content, (byte) 1);
    assertEquals(OK, status(driver, DISCARD, 0, segment(1, 2, 0)));
    assertEquals(OK, status(driver, WRITE_ZEROES, 0, segment(10, 1, 1)));
    for (int sector = 0; sector < 64; sector++) {
      boolean zeros = sector == 1 || sector == 2 || sector == 10;
      assertEquals(zeros ? 0 : 1, disk.content[sector * 512 + 511], "sector " + sector);
    }
    assertEquals(UNSUPP, status(driver, DISCARD, 0, segment(1, 2, 1)));
    assertEquals(UNSUPP, status(driver, WRITE_ZEROES, 0, segment(1, 2, 2)));
    assertEquals(IOERR, status(driver, DISCARD, 0, segment(63, 2, 0)));
    assertEquals(IOERR, status(driver, DISCARD, 0, segment(-1, -1, 0)));
    assertEquals(IOERR, status(driver, DISCARD, 0, new byte[15]));
    assertEquals(IOERR, status(driver, DISCARD, 0, new byte[16 * 2]), "one segment at most");
  }

  @Test
  void serialNumberIsTold() {
    byte[] serial = Arrays.copyOf("hospes-0".getBytes(StandardCharsets.US_ASCII), 21);
    assertEquals(21, driver.request(0, header(GET_ID, 0, new byte[0]), 21));
    assertArrayEquals(serial, driver.answer(21));
    assertThrows(IllegalArgumentException.class, () -> new VirtioBlock(disk, "x".repeat(21)));
  }

  @Test
  void unknownRequestIsUnsupported() {
    assertEquals(UNSUPP, status(driver, 77, 0, new byte[0]));
  }

  @Test
  void readOnlyDiskIsNeverWritten() {
    MemoryDisk fixed = new MemoryDisk(64, MemoryDisk.Mode.READ_ONLY);
    Arrays.fill(fixed.content, (byte) 1);
    Driver reader = started(fixed, 1 << 5);
    memory.write(Driver.used(0) + 2, 2, 0);
    assertEquals(1L << 5, reader.offered() & (1L << 5 | 1L << 13 | 1L << 14));
    assertEquals(IOERR, status(reader, OUT, 0, new byte[512]));
    assertEquals(IOERR, status(reader, DISCARD, 0, segment(0, 1, 0)));
    assertEquals(IOERR, status(reader, WRITE_ZEROES, 0, segment(0, 1, 0)));
    assertEquals(0, fixed.bytesMoved);
  }

  @Test
  void requestWithoutHeaderOrStatusFailsTheDevice() {
    driver.request(0, new byte[15], 1);
    assertTrue(driver.needsReset());
    Driver second = started(disk, F_FLUSH);
    second.request(0, header(IN, 0, new byte[0]), 0);
    assertTrue(second.needsReset());
  }
}
