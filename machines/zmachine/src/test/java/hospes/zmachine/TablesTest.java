package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Loads, stores, and operations on tables: their effects, and that none leaves the memory that a
/// story may touch.
final class TablesTest {
  private static final int TABLE = 0x700;

  private final Playground playground = new Playground(new StoryBuilder(5));
  private final ZProcessor core = playground.core;

  @AfterEach
  void close() {
    playground.close();
  }

  @Test
  void wordsHaveTheirMostSignificantByteFirst() {
    Tables.storew(core, core.memory, TABLE, 2, 0x1234);

    assertEquals(0x12, Tables.loadb(core.memory, TABLE, 4));
    assertEquals(0x34, Tables.loadb(core.memory, TABLE, 5));
    assertEquals(0x1234, Tables.loadw(core.memory, TABLE, 2));
  }

  @Test
  void wordsMayBeAtOddAddresses() {
    Tables.storew(core, core.memory, TABLE + 1, 0, 0xabcd);

    assertEquals(0xabcd, Tables.loadw(core.memory, TABLE + 1, 0));
  }

  @Test
  void indicesAreSigned() {
    Tables.storew(core, core.memory, TABLE, 0xffff, 0x5678);
    Tables.storeb(core, core.memory, TABLE, 0xfffd, 0x9a);

    assertEquals(0x5678, Tables.loadw(core.memory, TABLE - 2, 0));
    assertEquals(0x9a, Tables.loadb(core.memory, TABLE - 3, 0));
  }

  @Test
  void onlyTheLowByteIsStored() {
    Tables.storeb(core, core.memory, TABLE, 0, 0x1ff);

    assertEquals(0xff, Tables.loadb(core.memory, TABLE, 0));
    assertEquals(0, Tables.loadb(core.memory, TABLE, 1));
  }

  @Test
  void staticMemoryCannotBeWritten() {
    int last = StoryBuilder.STATIC - 1;
    Tables.storeb(core, core.memory, last, 0, 1);

    assertInstanceOf(
        ZTrap.WriteOutOfBounds.class,
        Playground.trap(() -> Tables.storeb(core, core.memory, last, 1, 1)));
    assertInstanceOf(
        ZTrap.WriteOutOfBounds.class,
        Playground.trap(() -> Tables.storew(core, core.memory, last, 0, 1)));
    assertInstanceOf(
        ZTrap.WriteOutOfBounds.class,
        Playground.trap(() -> Tables.copyTable(core, TABLE, 0x7ff, 2)));
    assertInstanceOf(
        ZTrap.WriteOutOfBounds.class, Playground.trap(() -> Tables.copyTable(core, 0x7ff, 0, 2)));
  }

  @Test
  void nothingIsReadBehindTheStory() {
    assertInstanceOf(
        ZTrap.ReadOutOfBounds.class, Playground.trap(() -> Tables.loadb(core.memory, 0xffff, 0)));
    assertInstanceOf(
        ZTrap.ReadOutOfBounds.class, Playground.trap(() -> Tables.loadw(core.memory, 0xfffe, 0)));
    assertInstanceOf(
        ZTrap.ReadOutOfBounds.class,
        Playground.trap(() -> Tables.scanTable(core, 77, TABLE, 0xffff, 0x82, 4)));
  }

  @Test
  void aTableIsScannedForWordsOrBytes() {
    for (int i = 0; i < 4; i++) {
      Tables.storew(core, core.memory, TABLE, i, 0x100 + i);
    }

    assertEquals(TABLE + 4, Tables.scanTable(core, 0x102, TABLE, 4, 0, 3));
    assertEquals(0, Tables.scanTable(core, 0x104, TABLE, 4, 0, 3));
    assertEquals(0, Tables.scanTable(core, 0x102, TABLE, 2, 0, 3));
    assertEquals(TABLE + 2, Tables.scanTable(core, 1, TABLE + 1, 8, 1, 4));
    assertEquals(TABLE + 4, Tables.scanTable(core, 0x102, TABLE, 4, 0x84, 4));
    assertEquals(0, Tables.scanTable(core, 0x101, TABLE, 4, 0x84, 4));
  }

  @Test
  void aCopyIsExactWhereTablesOverlap() {
    fill("abcdef");
    Tables.copyTable(core, TABLE, TABLE + 2, 6);
    assertEquals("ababcdef", text(8));

    fill("abcdef");
    Tables.copyTable(core, TABLE + 2, TABLE, 4);
    assertEquals("cdefef", text(6));
  }

  @Test
  void aNegativeSizeRepeatsAPattern() {
    fill("abcdef");
    Tables.copyTable(core, TABLE, TABLE + 2, -6 & 0xffff);

    assertEquals("abababab", text(8));
  }

  @Test
  void aCopyToNowhereClears() {
    fill("abcdef");
    Tables.copyTable(core, TABLE + 1, 0, 3);

    assertEquals("a\0\0\0ef", text(6));
  }

  private void fill(String text) {
    for (int i = 0; i < text.length(); i++) {
      core.storeByte(TABLE + i, text.charAt(i));
    }
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) core.loadByte(TABLE + i));
    }
    return text.toString();
  }
}
