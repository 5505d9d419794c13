package hospes.riscv;

import static hospes.riscv.PagedHart.ACCESSED;
import static hospes.riscv.PagedHart.DIRTY;
import static hospes.riscv.PagedHart.EXECUTE;
import static hospes.riscv.PagedHart.PAGE;
import static hospes.riscv.PagedHart.RAM;
import static hospes.riscv.PagedHart.READ;
import static hospes.riscv.PagedHart.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a guest may notice of the translations that a hart remembers.
final class MmuTest {
  private static final long READ_WRITE = READ | WRITE | ACCESSED | DIRTY;
  private static final long CODE = READ | EXECUTE | ACCESSED;
  private static final long SUPERPAGE = 2L << 20;
  private static final long HERE = 0x1000_0000L;
  private static final long OLD = RAM + (32L << 20);
  private static final long NEW = RAM + (48L << 20);
  private static final int NOP = 0x13;
  private static final int ILLEGAL = 0;

  private final PagedHart guest = new PagedHart();

  @BeforeEach
  void fillPages() {
    for (long offset = 0; offset < 2 * SUPERPAGE; offset += PAGE) {
      guest.frames.write(OLD + offset, 8, OLD + offset);
      guest.frames.write(NEW + offset, 8, NEW + offset);
    }
  }

  @AfterEach
  void close() {
    guest.close();
  }

  /// Whether a translation is still used must not depend on what else the program touched.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 3000})
  void aTranslationIsUsedUntilTheFenceWhateverElseWasTouched(int others) {
    guest.map(HERE, 0, OLD, READ_WRITE);
    assertEquals(OLD, guest.load(HERE));
    guest.map(HERE, 0, NEW, READ_WRITE);
    for (int i = 1; i <= others; i++) {
      guest.map(HERE + i * PAGE, 0, NEW + i % 512 * PAGE, READ_WRITE);
      assertEquals(NEW + i % 512 * PAGE, guest.load(HERE + i * PAGE));
    }
    assertEquals(OLD, guest.load(HERE));
    guest.fence(HERE + 0x123);
    assertEquals(NEW, guest.load(HERE));
  }

  @Test
  void aFenceForAnotherPageChangesNothing() {
    guest.map(HERE, 0, OLD, READ_WRITE);
    guest.map(HERE + PAGE, 0, OLD + PAGE, READ_WRITE);
    guest.load(HERE);
    guest.load(HERE + PAGE);
    guest.map(HERE, 0, NEW, READ_WRITE);
    guest.fence(HERE + PAGE);
    assertEquals(OLD, guest.load(HERE));
  }

  @Test
  void aFenceForAllForgetsAll() {
    for (int i = 0; i < 2000; i++) {
      guest.map(HERE + i * PAGE, 0, OLD + i % 512 * PAGE, READ_WRITE);
      guest.load(HERE + i * PAGE);
      guest.map(HERE + i * PAGE, 0, NEW + i % 512 * PAGE, READ_WRITE);
    }
    guest.fenceAll();
    for (int i = 0; i < 2000; i++) {
      assertEquals(NEW + i % 512 * PAGE, guest.load(HERE + i * PAGE));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5 * PAGE, SUPERPAGE - 8})
  void aFenceForAnyAddressInASuperpageForgetsAllOfIt(long inSuperpage) {
    guest.map(HERE, 1, OLD, READ_WRITE);
    guest.map(HERE + SUPERPAGE, 1, OLD + SUPERPAGE, READ_WRITE);
    for (long offset = 0; offset < 2 * SUPERPAGE; offset += PAGE) {
      assertEquals(OLD + offset, guest.load(HERE + offset));
    }
    guest.map(HERE, 1, NEW, READ_WRITE);
    guest.map(HERE + SUPERPAGE, 1, NEW + SUPERPAGE, READ_WRITE);
    guest.fence(HERE + inSuperpage);
    for (long offset = 0; offset < SUPERPAGE; offset += PAGE) {
      assertEquals(NEW + offset, guest.load(HERE + offset));
      assertEquals(OLD + SUPERPAGE + offset, guest.load(HERE + SUPERPAGE + offset));
    }
  }

  @Test
  void aSuperpageThatIsDividedIsUsedWholeUntilTheFence() {
    guest.map(HERE, 1, OLD, READ_WRITE);
    assertEquals(OLD, guest.load(HERE));
    guest.map(HERE, 1, 0, 0);
    guest.frames.write(NEW - PAGE + 7 * 8, 8, NEW >>> 12 << 10 | READ_WRITE | 1);
    // The entry for the superpage leads to a table now.
    guest.map(HERE, 1, NEW - PAGE, 0);
    assertEquals(OLD + 7 * PAGE, guest.load(HERE + 7 * PAGE));
    guest.fence(HERE);
    assertEquals(NEW, guest.load(HERE + 7 * PAGE));
    assertTrue(guest.faults(() -> guest.load(HERE)));
  }

  @Test
  void accessedAndDirtyAreSetByTheFirstAccessThatNeedsThem() {
    guest.map(HERE, 0, OLD, READ | WRITE);
    guest.load(HERE);
    assertEquals(ACCESSED, guest.entry(HERE, 0) & (ACCESSED | DIRTY));
    guest.store(HERE, 1);
    assertEquals(ACCESSED | DIRTY, guest.entry(HERE, 0) & (ACCESSED | DIRTY));
  }

  /// Even if entries for other pages pushed it out of every cache in between.
  @Test
  void accessedIsNotSetAgainBeforeAFence() {
    guest.map(HERE, 0, OLD, READ_WRITE);
    guest.load(HERE);
    guest.map(HERE, 0, OLD, READ);
    for (int i = 1; i <= 3000; i++) {
      guest.map(HERE + i * PAGE, 0, NEW, READ_WRITE);
      guest.load(HERE + i * PAGE);
    }
    guest.load(HERE);
    assertEquals(0, guest.entry(HERE, 0) & ACCESSED);
    guest.fence(HERE);
    guest.load(HERE);
    assertEquals(ACCESSED, guest.entry(HERE, 0) & ACCESSED);
  }

  /// A store that the old entry does not permit reads the tables; then there is one entry for loads
  /// and stores, not an old and a new one.
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aWalkReplacesWhatWasRememberedForAllAccesses(int level) {
    guest.map(HERE, level, OLD, READ | ACCESSED);
    assertEquals(OLD, guest.load(HERE));
    assertEquals(OLD + PAGE * level, guest.load(HERE + PAGE * level));
    guest.map(HERE, level, NEW, READ_WRITE);
    guest.store(HERE, 77);
    assertEquals(77, guest.frames.read(NEW, 8));
    assertEquals(77, guest.load(HERE));
    if (level > 0) {
      assertEquals(NEW + PAGE, guest.load(HERE + PAGE));
    }
  }

  @Test
  void anAccessThatFaultsLeavesWhatOthersUse() {
    guest.map(HERE, 0, OLD, READ | ACCESSED);
    guest.load(HERE);
    guest.map(HERE, 0, 0, 0);
    assertTrue(guest.faults(() -> guest.store(HERE, 1)));
    assertEquals(OLD, guest.load(HERE));
    guest.fence(HERE);
    assertTrue(guest.faults(() -> guest.load(HERE)));
  }

  @Test
  void codeIsFetchedThroughTheTranslationThatIsRemembered() {
    guest.frames.write(OLD, 4, NOP);
    guest.frames.write(NEW, 4, ILLEGAL);
    guest.map(HERE, 0, OLD, CODE);
    assertTrue(guest.execute(HERE));
    guest.map(HERE, 0, NEW, CODE);
    // Data is looked up on its own.
    assertEquals(ILLEGAL, (int) guest.load(HERE));
    assertTrue(guest.execute(HERE));
    // What is derived from it may be forgotten at any time, and makes no difference.
    guest.hart.forgetPages();
    guest.hart.memory.flush();
    assertTrue(guest.execute(HERE));
    guest.fence(HERE);
    assertFalse(guest.execute(HERE));
  }

  @Test
  void aRestoredHartGoesOnWithTheTranslationsThatWereSaved() {
    guest.frames.write(OLD, 4, NOP);
    guest.map(HERE, 0, OLD, CODE);
    guest.map(HERE + SUPERPAGE, 1, OLD, READ_WRITE);
    guest.execute(HERE);
    guest.load(HERE + SUPERPAGE);
    guest.map(HERE, 0, NEW, READ);
    guest.map(HERE + SUPERPAGE, 1, NEW, READ_WRITE);
    guest.load(HERE);
    try (Hart copy = guest.copy()) {
      assertEquals(NEW, copy.memory.loadLong(HERE));
      assertEquals(OLD + PAGE, copy.memory.loadLong(HERE + SUPERPAGE + PAGE));
      copy.pc = HERE;
      copy.execute(1);
      assertEquals(HERE + 4, copy.pc);
      copy.privilege.fenceTranslations(0);
      assertEquals(NEW + PAGE, copy.memory.loadLong(HERE + SUPERPAGE + PAGE));
    }
    assertEquals(OLD + PAGE, guest.load(HERE + SUPERPAGE + PAGE));
  }

  @Test
  void savingChangesNothing() {
    guest.map(HERE, 0, OLD, READ_WRITE);
    guest.load(HERE);
    byte[] first = guest.hart.toRecord().bytes();
    guest.map(HERE, 0, NEW, READ_WRITE);
    assertEquals(OLD, guest.load(HERE));
    byte[] second = guest.hart.toRecord().bytes();
    assertArrayEquals(first, second);
  }

  @Test
  void protectionOfPhysicalMemoryHoldsAtOnceForTranslationsInUse() {
    guest.map(HERE, 0, OLD, READ_WRITE);
    guest.store(HERE, 1);
    guest.protect(OLD, 8, READ >> 1);
    assertEquals(1, guest.load(HERE));
    assertTrue(guest.faults(() -> guest.store(HERE, 2)));
    guest.store(HERE + 8, 3);
    assertTrue(guest.faults(() -> guest.store(HERE + 4, 3)));
    assertTrue(guest.faults(() -> guest.store(HERE, 2)));
    assertEquals(1, guest.load(HERE));
  }

  @Test
  void tablesWherePhysicalMemoryIsProtectedAreNotRead() {
    guest.map(HERE, 0, OLD, READ_WRITE);
    guest.protect(RAM, PAGE, 0);
    assertTrue(guest.faults(() -> guest.load(HERE)));
    guest.protect(RAM, PAGE, READ >> 1);
    assertEquals(OLD, guest.load(HERE));
  }
}
