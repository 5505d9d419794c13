package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.machine.Entropy;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Drivers that write anything anywhere: no exception comes out of a device, and no notification
/// costs more than its limit.
///
/// Each seed is one driver. A failure names its seed; `-Dhospes.fuzz.seed=N` begins with that one.
class VirtioFuzzTest {
  private static final int DRIVERS = 3_000;
  private static final int STEPS = 200;
  private static final long FIRST_SEED = Long.getLong("hospes.fuzz.seed", 1);
  private static final long KICK_BYTES = 1L << 30;
  private static final int RING = 8;

  private static final long[] REGISTERS = {
    0x10, 0x14, 0x20, 0x24, 0x30, 0x38, 0x44, 0x50, 0x60, 0x64, 0x70, 0x80, 0x84, 0x90, 0x94, 0xa0,
    0xa4, 0xac, 0xc0, 0xfc, 0x100, 0x120,
  };

  /// xorshift64*: the same numbers on every machine.
  private static final class Numbers {
    private long state;

    Numbers(long seed) {
      state = seed * 0x9e3779b97f4a7c15L | 1;
    }

    long next() {
      state ^= state >>> 12;
      state ^= state << 25;
      state ^= state >>> 27;
      return state * 0x2545f4914f6cdd1dL;
    }

    int below(int bound) {
      return (int) Long.remainderUnsigned(next() >>> 16, bound);
    }

    boolean oneIn(int many) {
      return below(many) == 0;
    }
  }

  private final FramePool pool = new FramePool();
  private final MemoryDisk disk = new MemoryDisk(64, MemoryDisk.Mode.READ_WRITE);
  private int completed;
  private int failed;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anyDriverIsSurvived() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DRIVERS; seed++) {
      try {
        drive(seed);
      } catch (RuntimeException | Error escaped) {
        fail("seed " + seed + ": run with -Dhospes.fuzz.seed=" + seed, escaped);
      }
    }
    pool.close();
    assertTrue(completed > DRIVERS, "requests that got through: " + completed);
    assertTrue(failed > DRIVERS / 2, "devices that needed a reset: " + failed);
  }

  private void drive(long seed) {
    Numbers numbers = new Numbers(seed);
    FrameTable memory = new FrameTable(pool, Driver.RAM, Driver.RAM_BYTES);
    VirtioConsole console = new VirtioConsole(value -> {});
    VirtioDevice device =
        switch (numbers.below(3)) {
          case 0 -> new VirtioBlock(disk, "fuzz");
          case 1 -> console;
          default -> new VirtioEntropy(Entropy.fixed(seed));
        };
    int queues = device.queues().size();
    Driver driver = new Driver(memory, device, RING);
    boolean wasFailed = false;
    for (int step = 0; step < STEPS; step++) {
      if (step == 0 || driver.needsReset() && numbers.oneIn(4)) {
        driver.negotiate(0);
        memory.write(Driver.available(0) + 2, 2, 0);
        memory.write(Driver.available(1) + 2, 2, 0);
        memory.write(Driver.used(0) + 2, 2, 0);
        memory.write(Driver.used(1) + 2, 2, 0);
        driver.start(numbers.next() & (3L << 28), queues);
        wasFailed = false;
      }
      disk.bytesMoved = 0;
      step(numbers, driver, queues, console);
      assertTrue(disk.bytesMoved <= KICK_BYTES, "work of one step: " + disk.bytesMoved);
      if (driver.needsReset() && !wasFailed) {
        failed++;
        wasFailed = true;
      }
    }
    memory.close();
  }

  private void step(Numbers numbers, Driver driver, int queues, VirtioConsole console) {
    int queue = numbers.below(queues);
    int before = driver.usedIndex(queue);
    switch (numbers.below(8)) {
      case 0 -> driver.write(REGISTERS[numbers.below(REGISTERS.length)], odd(numbers));
      case 1 -> console.receive(new byte[numbers.below(64)]);
      case 2 -> driver.memory.write(anyAddress(numbers) & -8L, 8, numbers.next());
      case 3 -> driver.device().read(numbers.below(0x1000), 1 << numbers.below(4));
      default -> {
        describe(numbers, driver, queue);
        driver.offer(queue, numbers.oneIn(20) ? numbers.below(0x10000) : numbers.below(RING));
        driver.kick(queue);
      }
    }
    completed += driver.usedIndex(queue) - before & 0xff;
  }

  private static long odd(Numbers numbers) {
    return numbers.oneIn(2) ? numbers.below(16) : numbers.next() & 0xffff_ffffL;
  }

  private static long anyAddress(Numbers numbers) {
    return Driver.RAM + numbers.below((int) Driver.RAM_BYTES);
  }

  // Mostly sane descriptors, so that chains get through to the device, with one oddity now and
  // then.
  private static void describe(Numbers numbers, Driver driver, int queue) {
    for (int index = 0; index < RING; index++) {
      boolean sane = !numbers.oneIn(40);
      boolean readable = index < 2;
      long address = sane ? Driver.BUFFERS + 0x1000L * index : oddAddress(numbers);
      long length = sane ? (readable ? 16 : 513) : odd(numbers);
      boolean last = index > 1 && numbers.oneIn(2) || index == RING - 1;
      int flags =
          sane ? (readable ? 0 : Driver.WRITE) | (last ? 0 : Driver.NEXT) : numbers.below(16);
      int next = sane ? index + 1 : numbers.below(RING + 2);
      driver.describe(Driver.descriptors(queue), index, address, length, flags, next);
    }
    if (numbers.oneIn(4)) {
      long table = Driver.BUFFERS + 0x10000;
      for (int entry = 0; entry < 4; entry++) {
        int flags = numbers.oneIn(10) ? numbers.below(16) : entry < 3 ? Driver.NEXT : Driver.WRITE;
        driver.describe(table, entry, anyAddress(numbers), numbers.below(600), flags, entry + 1);
      }
      int length = numbers.oneIn(10) ? numbers.below(0x8000) : 64;
      driver.describe(
          Driver.descriptors(queue), numbers.below(RING), table, length, Driver.INDIRECT, 0);
    }
  }

  private static long oddAddress(Numbers numbers) {
    return switch (numbers.below(4)) {
      case 0 -> numbers.next();
      case 1 -> Driver.RAM + Driver.RAM_BYTES - numbers.below(600);
      case 2 -> Driver.available(0) + numbers.below(32);
      default -> anyAddress(numbers);
    };
  }
}
