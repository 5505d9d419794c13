package hospes.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Merging and swapping save memory, and no guest can tell.
final class ReclaimTest {
  private static final int PAGE = FramePool.FRAME_SIZE;
  private static final int PAGES = 400;
  private static final int MOST_GUESTS = 6;

  private final FramePool pool = new FramePool();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    assertEquals(0, pool.used(), "all frames came back");
    pool.close();
  }

  private SwapFile swapFile(long mostBytes) throws IOException {
    return new SwapFile(folder.resolve("swap"), mostBytes);
  }

  private Reclaimer reclaimer(PageMerger merger, SwapFile file) {
    return new Reclaimer(pool, Optional.of(merger), () -> file);
  }

  /// Sweeps guests in turn until so many frames were given back, or nothing more comes of it; how
  /// many were.
  private static long reclaim(Reclaimer reclaimer, List<FrameTable> guests, int frames) {
    long freed = 0;
    int barren = 0;
    while (freed < frames && barren < 3) {
      int before = (int) freed;
      for (FrameTable guest : guests) {
        freed +=
            reclaimer
                .sweep(guest, (int) Math.max(0, frames - freed), Reclaimer.Choice.COLD)
                .freed();
      }
      barren = freed > before ? 0 : barren + 1;
    }
    return freed;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void guestsNeverSeeThatTheirMemoryIsMergedAndSwapped(long seed) throws IOException {
    Random random = new Random(seed);
    SwapFile file = swapFile(1 << 30);
    PageMerger merger = new PageMerger(pool);
    Reclaimer reclaimer = reclaimer(merger, file);
    List<ShadowMemory> guests = new ArrayList<>(List.of(new ShadowMemory(pool, PAGES)));
    long swapped = 0;
    for (int step = 0; step < 20_000; step++) {
      ShadowMemory guest = guests.get(random.nextInt(guests.size()));
      int page = random.nextInt(PAGES);
      int offset = page * PAGE + random.nextInt(PAGE);
      switch (random.nextInt(60)) {
        case 0 -> {
          if (guests.size() < MOST_GUESTS) {
            guests.add(random.nextBoolean() ? guest.fork() : new ShadowMemory(pool, PAGES));
          }
        }
        case 1 -> {
          if (guests.size() > 1) {
            guests.remove(guest);
            guest.check();
            guest.close();
          }
        }
        case 2 -> guest.discard(page);
        case 3 -> merger.scan(guest.table, random.nextInt(PAGES));
        case 4 -> {
          List<FrameTable> tables = guests.stream().map(one -> one.table).toList();
          reclaim(reclaimer, tables, random.nextInt(50));
          swapped = Math.max(swapped, file.statistics().pages());
        }
        case 5, 6, 7, 8, 9, 10, 11, 12 -> guest.fill(page, random.nextInt(40));
        case 13, 14, 15, 16, 17, 18, 19, 20 -> guest.store(offset, random.nextInt(256));
        default -> guest.load(offset);
      }
    }
    PageMerger.Statistics statistics = merger.statistics();
    assertTrue(statistics.merged() > 0 && statistics.zeros() > 0, statistics.toString());
    assertTrue(swapped > 0, "something was swapped out");
    guests.forEach(ShadowMemory::check);
    guests.forEach(ShadowMemory::close);
    merger.close();
    assertEquals(0, file.statistics().pages());
    assertEquals(0, file.statistics().bytes());
    reclaimer.close();
    assertTrue(Files.notExists(folder.resolve("swap")));
  }

  /// Two guests with the same secret; one of them changes it.
  @Test
  void noWriteLeaksFromOneGuestToAnother() {
    try (PageMerger merger = new PageMerger(pool);
        ShadowMemory one = new ShadowMemory(pool, PAGES);
        ShadowMemory other = new ShadowMemory(pool, PAGES)) {
      for (int page = 0; page < PAGES; page++) {
        one.fill(page, page);
        other.fill(page, page);
        one.store(page * PAGE + 1, 1);
        other.store(page * PAGE + 1, 1);
      }
      for (int round = 0; round < 3; round++) {
        merger.scan(one.table, PAGES);
        merger.scan(other.table, PAGES);
      }
      assertEquals(PAGES, pool.used(), "each page is there once");
      assertEquals(PAGES, pool.statistics().sharing());
      for (int page = 0; page < PAGES; page++) {
        one.store(page * PAGE + 1, 2);
        other.load(page * PAGE + 1);
        one.load(page * PAGE + 1);
      }
      one.check();
      other.check();
      assertEquals(0, one.table.residentBytes() - one.table.ownBytes());
    }
  }

  @Test
  void anEmptyGuestAndZerosCostNothing() {
    try (PageMerger merger = new PageMerger(pool);
        ShadowMemory guest = new ShadowMemory(pool, PAGES)) {
      assertEquals(0, merger.scan(guest.table, PAGES));
      for (int page = 0; page < PAGES; page++) {
        guest.store(page * PAGE, 1);
        guest.store(page * PAGE, 0);
      }
      assertEquals(100, merger.scan(guest.table, 100), "no more than asked for");
      assertEquals(PAGES - 100, merger.scan(guest.table, PAGES));
      assertEquals(0, pool.used());
      guest.load(5 * PAGE);
      guest.store(5 * PAGE, 3);
      guest.check();
    }
  }

  @Test
  void whatWasUsedLastStaysInMemory() throws IOException {
    SwapFile file = swapFile(1 << 30);
    try (PageMerger merger = new PageMerger(pool);
        Reclaimer reclaimer = reclaimer(merger, file);
        ShadowMemory guest = new ShadowMemory(pool, PAGES)) {
      for (int page = 0; page < PAGES; page++) {
        guest.fill(page, page + 1);
      }
      assertEquals(1, reclaim(reclaimer, List.of(guest.table), 1));
      for (int page = 0; page < 50; page++) {
        guest.load(page * PAGE);
      }
      long used = pool.used();
      assertEquals(PAGES - 60, reclaim(reclaimer, List.of(guest.table), PAGES - 60));
      assertEquals(used - PAGES + 60, pool.used());
      for (int page = 0; page < 50; page++) {
        guest.load(page * PAGE);
      }
      assertEquals(used - PAGES + 60, pool.used(), "none of them had to be brought back");
      guest.check();
      Reclaimer.Sweep sweep = reclaimer.sweep(guest.table, PAGES, Reclaimer.Choice.ANY);
      assertEquals(60, sweep.freed(), "hot ones go where it must be");
      guest.check();
    }
  }

  @Test
  void aFullSwapFileEndsReclaimingAndSaysWhy() throws IOException {
    SwapFile file = swapFile(20 * PAGE);
    try (PageMerger merger = new PageMerger(pool);
        Reclaimer reclaimer = reclaimer(merger, file);
        ShadowMemory guest = new ShadowMemory(pool, PAGES)) {
      for (int page = 0; page < PAGES; page++) {
        guest.fill(page, page + 1);
      }
      long freed = reclaim(reclaimer, List.of(guest.table), PAGES);
      assertTrue(freed > 10 && freed < 20, freed + " were given back");
      assertInstanceOf(SwapFullException.class, reclaimer.failure().orElseThrow().cause());
      guest.check();
      assertEquals(0, reclaim(reclaimer, List.of(guest.table), 1));
      // Zeros need no swap file.
      guest.store(7 * PAGE, 0);
      for (int offset = 0; offset < PAGE; offset++) {
        guest.store(7 * PAGE + offset, 0);
      }
      assertEquals(1, reclaim(reclaimer, List.of(guest.table), PAGES));
      guest.check();
    }
  }

  /// Content that was seen twice, one time of which is in the swap file by now.
  @Test
  void whatIsKeptForOthersThatAreGoneIsSwappedOutToo() throws IOException {
    SwapFile file = swapFile(1 << 30);
    try (PageMerger merger = new PageMerger(pool);
        Reclaimer reclaimer = reclaimer(merger, file);
        ShadowMemory one = new ShadowMemory(pool, PAGES);
        ShadowMemory other = new ShadowMemory(pool, PAGES)) {
      for (int page = 0; page < PAGES; page++) {
        one.fill(page, page + 1);
        other.fill(page, page + 1);
      }
      assertEquals(PAGES, reclaim(reclaimer, List.of(one.table), PAGES));
      assertEquals(PAGES, reclaim(reclaimer, List.of(other.table), PAGES));
      assertEquals(0, pool.used());
      one.check();
      other.check();
    }
  }

  @Test
  void withoutAMergerAndASwapFileZerosAreStillGivenBack() {
    Reclaimer.SwapOpener none =
        () -> {
          throw new IOException("there is none");
        };
    try (Reclaimer reclaimer = new Reclaimer(pool, Optional.empty(), none);
        ShadowMemory guest = new ShadowMemory(pool, PAGES)) {
      for (int page = 0; page < PAGES; page++) {
        guest.store(page * PAGE, page % 2);
      }
      assertEquals(PAGES / 2, reclaim(reclaimer, List.of(guest.table), PAGES));
      assertEquals("there is none", reclaimer.failure().orElseThrow().why());
      guest.check();
    }
  }

  @Test
  void anEmptySwapFileTakesNoRoom() throws IOException {
    SwapFile file = swapFile(10 * PAGE);
    byte[] page = new byte[PAGE];
    for (int round = 0; round < 5; round++) {
      List<Long> keys = new ArrayList<>();
      // Pieces of another size in every round: they would not fit into each other's places.
      new Random(round).nextBytes(page);
      Arrays.fill(page, 0, round * 700, (byte) 1);
      for (int i = 0; i < 8; i++) {
        keys.add(file.write(page));
      }
      byte[] read = new byte[PAGE];
      file.read(keys.get(3), read);
      assertArrayEquals(page, read);
      keys.forEach(file::release);
    }
    assertEquals(new SwapFile.Statistics(0, 0, 40, 5), file.statistics());
    file.close();
  }

  @Test
  void whatTheSwapFileHasNotIsATypedFault() throws IOException {
    SwapFile file = swapFile(1 << 30);
    byte[] page = new byte[PAGE];
    new Random(1).nextBytes(page);
    long key = file.write(page);
    try (Backing backing = pool.open(file);
        FrameTable table = new FrameTable(pool, 0, 4 * PAGE)) {
      // Beyond the end, and in the middle of another page.
      for (long wrong : List.of(key + (1000 << 4), key + (3 << 4) - 3)) {
        file.retain(wrong);
        file.retain(wrong);
        table.back(1, backing, wrong);
        HostFaultException fault =
            assertThrows(LostPageException.class, () -> table.readLong(PAGE));
        assertTrue(fault.reason().contains("the swap file"), fault.reason());
      }
    }
  }

  @Test
  void aSwapFileThatIsThereAlreadyIsLeftAlone() throws IOException {
    Path present = Files.writeString(folder.resolve("swap"), "mine");
    assertThrows(IOException.class, () -> new SwapFile(present, 1 << 20));
    assertEquals("mine", Files.readString(present));
  }
}
