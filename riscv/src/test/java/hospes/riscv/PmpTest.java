package hospes.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.memory.Access;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PmpTest {
  private static final int LOCKED = 0x80;
  private static final int ENTRIES = 4;
  private static final long END = 64 << 10;

  private final Pmp pmp = new Pmp();
  private final long[] addresses = new long[ENTRIES];
  private final int[] configs = new int[ENTRIES];

  /// Against the rules of the manual (3.7.1), applied to each byte by itself.
  @Test
  void agreesWithTheRulesByteByByte() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      Pmp fresh = new Pmp();
      long config = 0;
      for (int i = 0; i < ENTRIES; i++) {
        addresses[i] = random.nextLong(END >>> 2) | (1L << random.nextInt(12)) - 1;
        // Reserved (W without R) leaves the entry as it was: off.
        configs[i] = random.nextInt(32) | (random.nextInt(4) == 0 ? LOCKED : 0);
        configs[i] = (configs[i] & 3) == 2 ? 0 : configs[i];
        fresh.writeAddress(i, addresses[i]);
        config |= (long) configs[i] << 8 * i;
      }
      fresh.writeConfig(0, config);
      compare(fresh, random);
    }
  }

  private void compare(Pmp fresh, SplittableRandom random) {
    for (int i = 0; i < 300; i++) {
      int bytes = 1 << random.nextInt(4);
      long address = random.nextLong(END);
      if (i % 3 == 0) {
        // At a border.
        address = Math.max(0, (addresses[random.nextInt(ENTRIES)] << 2) + random.nextInt(16) - 8);
      }
      Access access = Access.values()[random.nextInt(3)];
      int mode = random.nextBoolean() ? Mode.MACHINE : Mode.USER;
      assertEquals(
          allows(address, bytes, access, mode),
          fresh.allows(address, bytes, access, mode),
          "%s of %d at %#x in mode %d".formatted(access, bytes, address, mode));
      long page = address & -4096;
      assertEquals(isUniform(page), fresh.isUniform(page));
    }
  }

  private boolean allows(long address, int bytes, Access access, int mode) {
    int entry = match(address);
    for (int i = 1; i < bytes; i++) {
      int other = match(address + i);
      if (other != entry) {
        // The first of the two decides, and does not cover all.
        return false;
      }
    }
    if (entry == ENTRIES || mode == Mode.MACHINE && (configs[entry] & LOCKED) == 0) {
      return mode == Mode.MACHINE;
    }
    return (configs[entry] >>> access.ordinal() & 1) != 0;
  }

  private boolean isUniform(long page) {
    for (int i = 0; i < ENTRIES; i++) {
      boolean first = covers(i, page);
      for (long address = page; address < page + 4096; address += 4) {
        if (covers(i, address) != first) {
          return false;
        }
      }
    }
    return true;
  }

  private int match(long address) {
    int entry = 0;
    while (entry < ENTRIES && !covers(entry, address)) {
      entry++;
    }
    return entry;
  }

  private boolean covers(int entry, long address) {
    long word = address >>> 2;
    return switch (configs[entry] >>> 3 & 3) {
      case 0 -> false;
      case 1 -> word >= (entry == 0 ? 0 : addresses[entry - 1]) && word < addresses[entry];
      case 2 -> word == addresses[entry];
      default -> {
        long ignored = addresses[entry] ^ addresses[entry] + 1;
        yield (word & ~ignored) == (addresses[entry] & ~ignored);
      }
    };
  }

  @Test
  void nothingIsAllowedToOthersWithoutAnEntry() {
    assertEquals(true, pmp.allows(4096, 8, Access.WRITE, Mode.MACHINE));
    assertEquals(false, pmp.allows(4096, 8, Access.READ, Mode.SUPERVISOR));
    pmp.openAll();
    assertEquals(true, pmp.allows(4096, 8, Access.READ, Mode.SUPERVISOR));
  }
}
