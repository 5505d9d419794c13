package hospes.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However guests share frames, each sees what it wrote itself and nothing else.
final class SharedMemoryTest {
  private static final int PAGE = FramePool.FRAME_SIZE;
  private static final int PAGES = 400;
  private static final int MOST_GUESTS = 8;

  private final FramePool pool = new FramePool();

  @AfterEach
  void close() {
    assertEquals(0, pool.used(), "all frames came back");
    pool.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void guestsThatForkSeeTheirOwnMemory(long seed) {
    Random random = new Random(seed);
    KeptPages kept = new KeptPages();
    Backing backing = pool.open(kept);
    List<ShadowMemory> guests = new ArrayList<>(List.of(new ShadowMemory(pool, PAGES)));
    for (int step = 0; step < 20_000; step++) {
      ShadowMemory guest = guests.get(random.nextInt(guests.size()));
      int page = random.nextInt(PAGES);
      int offset = page * PAGE + random.nextInt(PAGE);
      switch (random.nextInt(40)) {
        case 0 -> {
          if (guests.size() < MOST_GUESTS) {
            guests.add(guest.fork());
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
        case 3 -> {
          byte[] bytes = new byte[random.nextInt(3 * PAGE)];
          random.nextBytes(bytes);
          guest.write(Math.min(offset, PAGES * PAGE - bytes.length), bytes);
        }
        case 4 -> {
          byte[] bytes = new byte[PAGE];
          random.nextBytes(bytes);
          kept.keep(step, bytes);
          guest.table.back(page, backing, step);
          guest.expect(page, bytes);
        }
        case 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 ->
            guest.store(offset, random.nextInt(256));
        default -> guest.load(offset);
      }
    }
    FramePool.Statistics statistics = pool.statistics();
    assertTrue(statistics.shared() > 0 && statistics.sharing() > 0, statistics.toString());
    long mapped = guests.stream().mapToLong(guest -> guest.table.residentBytes()).sum();
    assertEquals(mapped - pool.used() * PAGE, statistics.savedBytes());
    guests.forEach(ShadowMemory::check);
    backing.close();
    guests.forEach(ShadowMemory::close);
    assertEquals(0, kept.references());
    assertTrue(kept.isClosed(), "nobody needs it any more");
  }

  /// Guests on threads of their own write what all of them had in common.
  @Test
  void guestsOnManyThreadsShareOnePool() throws InterruptedException {
    ShadowMemory first = new ShadowMemory(pool, PAGES);
    for (int page = 0; page < PAGES; page++) {
      first.fill(page, page % 7);
    }
    List<ShadowMemory> guests = new ArrayList<>(List.of(first));
    for (int i = 0; i < 3; i++) {
      guests.add(guests.get(i).fork());
    }
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (ShadowMemory guest : guests) {
      Random random = new Random(threads.size());
      Thread thread = new Thread(() -> live(guest, random));
      thread.setUncaughtExceptionHandler((of, failure) -> failures.add(failure));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
    guests.forEach(ShadowMemory::close);
  }

  private static void live(ShadowMemory guest, Random random) {
    ShadowMemory own = guest.fork();
    for (int step = 0; step < 20_000; step++) {
      ShadowMemory one = random.nextBoolean() ? own : guest;
      int offset = random.nextInt(PAGES * PAGE);
      if (random.nextInt(3) == 0) {
        one.store(offset, step);
      } else {
        one.load(offset);
      }
      if (random.nextInt(1000) == 0) {
        own.check();
        own.close();
        own = guest.fork();
      }
    }
    own.close();
    guest.check();
  }

  @Test
  void aForkCostsNoFrameBeforeSomebodyWrites() {
    ShadowMemory parent = new ShadowMemory(pool, PAGES);
    for (int page = 0; page < PAGES; page++) {
      parent.fill(page, page + 1);
    }
    assertEquals(PAGES, pool.used());
    ShadowMemory child = parent.fork();
    child.check();
    assertEquals(PAGES, pool.used());
    assertEquals(0, child.table.ownBytes());
    assertEquals(new FramePool.Statistics(PAGES, PAGES, PAGES), pool.statistics());
    child.store(5, 1);
    parent.store(PAGE, 1);
    assertEquals(PAGES + 2, pool.used());
    assertEquals(2 * PAGE, child.table.ownBytes());
    assertEquals(new FramePool.Statistics(PAGES + 2, PAGES - 2, PAGES - 2), pool.statistics());
    parent.close();
    child.check();
    assertEquals(PAGES, pool.used());
    assertEquals(PAGES * (long) PAGE, child.table.ownBytes());
    child.close();
  }

  @Test
  void memoryThatNobodyUsesGoesBackToTheHost() {
    try (FrameTable table = new FrameTable(pool, 0, 64L << 20)) {
      for (int round = 0; round < 3; round++) {
        for (long address = 0; address < 16L << 20; address += PAGE) {
          table.write(address, 8, address + 1);
        }
        assertTrue(pool.heldBytes() >= 16L << 20);
        table.discard(0, 16L << 20);
        assertTrue(pool.heldBytes() <= 2L << 20, pool.heldBytes() + " bytes are held");
        assertEquals(0, table.read(8 * PAGE, 8));
      }
    }
  }

  @Test
  void aPageIsReadWhenItIsTouchedAndNotBefore() {
    KeptPages kept = new KeptPages();
    byte[] bytes = new byte[PAGE];
    bytes[7] = 42;
    kept.keep(1, bytes);
    try (FrameTable table = new FrameTable(pool, 0, 16 * PAGE);
        Backing backing = pool.open(kept)) {
      table.back(3, backing, 1);
      table.back(4, backing, 1);
      assertEquals(0, pool.used());
      assertFalse(table.isUntouched(3));
      assertEquals(42L << 56, table.readLong(3 * PAGE));
      assertEquals(1, pool.used());
      assertEquals(1, kept.references());
      table.write(4 * PAGE + 7, 1, 0);
      assertEquals(0, table.readLong(4 * PAGE));
      assertEquals(42L << 56, table.readLong(3 * PAGE));
      assertEquals(0, kept.references());
    }
    assertTrue(kept.isClosed());
  }

  @Test
  void aPageThatCannotBeReadIsATypedFaultAndStaysWhereItIs() {
    KeptPages kept = new KeptPages();
    kept.keep(1, new byte[PAGE]);
    kept.lose(1);
    try (FrameTable table = new FrameTable(pool, 0, 16 * PAGE);
        Backing backing = pool.open(kept)) {
      table.back(3, backing, 1);
      byte[] to = new byte[PAGE];
      HostFaultException fault =
          assertThrows(HostFaultException.class, () -> table.readLong(3 * PAGE));
      assertTrue(String.valueOf(fault.getMessage()).contains("the test's pages"), fault.toString());
      assertThrows(HostFaultException.class, () -> table.write(3 * PAGE, 8, 1));
      assertThrows(HostFaultException.class, () -> table.read(2 * PAGE, new byte[9999], 0, 9999));
      assertThrows(HostFaultException.class, () -> table.copyPage(3, to));
      assertEquals(1, kept.references());
      assertEquals(0, pool.used());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> pool.open(new KeptPages()).entry(PageSource.MOST_KEYS));
  }

  @Test
  void aPoolTellsHowFarItIsBeyondItsLimit() {
    pool.setLimit(3);
    try (FrameTable table = new FrameTable(pool, 0, 16 * PAGE)) {
      for (int page = 0; page < 5; page++) {
        assertEquals(Math.max(0, page - 3), pool.shortage());
        table.write((long) page * PAGE, 8, 1);
      }
      table.discard(0, 2 * PAGE);
      assertEquals(0, pool.shortage());
    }
  }
}
