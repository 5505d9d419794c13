package hospes.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressSpaceTest {
  private static final long RAM = 0x8000_0000L;
  private static final long PAGE = FramePool.FRAME_SIZE;
  private static final int SETS = 3;

  private final FramePool pool = new FramePool();
  private final FrameTable frames = new FrameTable(pool, RAM, 16L << 20);
  private final Tables tables = new Tables();
  private final AddressSpace memory = new AddressSpace(frames, tables, new NoDevices(), SETS);

  @AfterEach
  void close() {
    memory.close();
    frames.close();
    pool.close();
  }

  /// Page tables as simple as can be: virtual pages that are not listed are where they are called.
  private static final class Tables implements AddressTranslation {
    private final Map<Long, Long> pages = new HashMap<>();
    private int asked;
    private long answer = WHOLE_PAGE;

    @Override
    public long translate(long virtualAddress, Access access, int bytes) {
      asked++;
      long page = virtualAddress & -PAGE;
      return pages.getOrDefault(page, page) | answer;
    }

    @Override
    public RuntimeException accessFault(long virtualAddress, Access access) {
      return new IllegalStateException(access + " of %#x".formatted(virtualAddress));
    }
  }

  private static final class NoDevices implements DeviceAccess {
    @Override
    public boolean answers(long physicalAddress, int bytes) {
      return false;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      throw new AssertionError();
    }

    @Override
    public void write(long physicalAddress, int bytes, long value) {
      throw new AssertionError();
    }
  }

  /// Few pages, about as many as the list of used entries holds, and more.
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1000, 1023, 1024, 1025, 3000})
  void flushForgetsWhateverWasUsed(int used) {
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      for (int page = 0; page < used; page++) {
        memory.storeLong(RAM + page * PAGE, 1);
        assertEquals(1, memory.loadLong(RAM + page * PAGE));
      }
    }
    memory.flush();
    for (int page = 0; page < used; page++) {
      tables.pages.put(RAM + page * PAGE, RAM + (page + 3000 & 4095) * PAGE);
      frames.write(RAM + (page + 3000 & 4095) * PAGE, 8, 2 + page);
    }
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      for (int page = 0; page < used; page++) {
        assertEquals(2 + page, memory.loadLong(RAM + page * PAGE));
      }
    }
  }

  @Test
  void entriesUsedAfterAFlushAreForgottenByTheNext() {
    for (int round = 0; round < 5; round++) {
      for (int page = 0; page < 700 * (round & 1) + 7; page++) {
        tables.pages.put(RAM + page * PAGE, RAM + (page + round) * PAGE);
        frames.write(RAM + (page + round) * PAGE, 8, page + round);
        assertEquals(page + round, memory.loadLong(RAM + page * PAGE));
      }
      memory.flush();
    }
  }

  @Test
  void flushOfAPageForgetsItInAllSetsAndNoOther() {
    frames.write(RAM, 8, 0);
    frames.write(RAM + PAGE, 8, 0);
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      memory.loadLong(RAM);
      memory.storeLong(RAM, 0);
      memory.loadLong(RAM + PAGE);
      memory.storeLong(RAM + PAGE, 0);
    }
    memory.flushPage(RAM + 123);
    tables.asked = 0;
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      memory.loadLong(RAM + PAGE);
      memory.storeLong(RAM + PAGE, 0);
    }
    assertEquals(0, tables.asked);
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      memory.loadLong(RAM);
      memory.storeLong(RAM, 0);
    }
    assertEquals(2 * SETS, tables.asked);
  }

  @Test
  void misalignedAccessesInAPageAskOnlyOnce() {
    memory.storeLong(RAM + 3, 0x0102_0304_0506_0708L);
    memory.loadLong(RAM + 3);
    tables.asked = 0;
    memory.storeLong(RAM + 3, 0x1112_1314_1516_1718L);
    assertEquals(0x1112_1314_1516_1718L, memory.loadLong(RAM + 3));
    assertEquals(0x1516_1718, memory.loadInt(RAM + 3));
    assertEquals(0x1516, memory.loadShort(RAM + 5));
    memory.storeShort(RAM + 5, 0x2122);
    memory.storeInt(RAM + 7, 0x3132_3334);
    assertEquals(0x3132_3334_2122_1718L, memory.loadLong(RAM + 3));
    assertEquals(0, tables.asked);
  }

  @Test
  void aMisalignedStoreToAPageOfCodeIsTold() {
    List<Long> told = new ArrayList<>();
    frames.watchCode((physicalAddress, length) -> told.add(physicalAddress));
    memory.storeLong(RAM, 0);
    frames.markCode(RAM);
    memory.storeInt(RAM + 5, 1);
    memory.storeInt(RAM + 5, 1);
    assertEquals(List.of(RAM + 5, RAM + 5), told);
  }

  @Test
  void anAccessAcrossPagesFindsBoth() {
    tables.pages.put(RAM + PAGE, RAM + 7 * PAGE);
    memory.storeLong(RAM + PAGE - 3, 0x0102_0304_0506_0708L);
    assertEquals(0x0102_0304_0506_0708L, memory.loadLong(RAM + PAGE - 3));
    assertEquals(0x0102_0304_05L, frames.read(RAM + 7 * PAGE, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 3000})
  void aPageThatBecomesCodeIsNotWrittenPastTheWatchAnyMore(int used) {
    List<Long> told = new ArrayList<>();
    frames.watchCode((physicalAddress, length) -> told.add(physicalAddress));
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      for (int page = 0; page < used; page++) {
        memory.storeLong(RAM + page * PAGE, 1);
      }
    }
    long code = RAM + (used / 2) * PAGE;
    frames.markCode(code);
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      for (int page = 0; page < used; page++) {
        memory.storeLong(RAM + page * PAGE, 1);
      }
    }
    assertEquals(List.of(code, code, code), told);
    frames.unmarkCode(code);
    memory.storeLong(code, 2);
    assertEquals(3, told.size());
  }

  @Test
  void aPageThatWasReadBeforeItWasFirstWrittenShowsWhatIsWritten() {
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      assertEquals(0, memory.loadLong(RAM));
    }
    memory.storeLong(RAM, 5);
    for (int set = 0; set < SETS; set++) {
      memory.select(set);
      assertEquals(5, memory.loadLong(RAM));
    }
  }

  @Test
  void pagesThatAreNotTreatedAlikeAreAskedForEachTime() {
    tables.answer = 0;
    memory.loadLong(RAM);
    memory.loadLong(RAM);
    memory.storeLong(RAM, 0);
    memory.storeLong(RAM, 0);
    assertEquals(4, tables.asked);
  }

  @Test
  void whereNothingAnswersIsAFaultEachTime() {
    assertThrows(IllegalStateException.class, () -> memory.loadLong(0));
    assertThrows(IllegalStateException.class, () -> memory.loadLong(0));
    assertThrows(IllegalStateException.class, () -> memory.storeLong(0, 0));
  }
}
