package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Properties in their two layouts.
final class PropertiesTest {
  private static final int TABLE = 0x700;

  /// Object 1 has properties 20 (three bytes), 10 (a word) and 5 (a byte); property 7 is 0x1234 by
  /// default.
  private static StoryBuilder builder(int version) {
    StoryBuilder builder = new StoryBuilder(version);
    builder.word(StoryBuilder.OBJECTS + 2 * 6, 0x1234);
    if (version <= 3) {
      builder.word(StoryBuilder.OBJECTS + 62 + 7, TABLE);
      builder.at(TABLE, 1, 0x80, 0, 0x54, 1, 2, 3, 0x2a, 0xab, 0xcd, 0x05, 0x77, 0);
    } else {
      builder.word(StoryBuilder.OBJECTS + 126 + 12, TABLE);
      builder.at(TABLE, 1, 0x80, 0, 0x94, 0x83, 1, 2, 3, 0x4a, 0xab, 0xcd, 0x05, 0x77, 0);
    }
    return builder;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void propertiesAreFoundByTheirNumbers(int version) {
    try (Playground playground = new Playground(builder(version))) {
      ZProcessor core = playground.core;

      assertEquals(0xabcd, Properties.getProp(core, 1, 10));
      assertEquals(0x77, Properties.getProp(core, 1, 5));
      assertEquals(0x1234, Properties.getProp(core, 1, 7), "the default");
      assertEquals(0, Properties.getPropAddr(core, 1, 7));
      assertEquals(3, Properties.getPropLen(core, Properties.getPropAddr(core, 1, 20)));
      assertEquals(2, Properties.getPropLen(core, Properties.getPropAddr(core, 1, 10)));
      assertEquals(1, Properties.getPropLen(core, Properties.getPropAddr(core, 1, 5)));
      assertEquals(0, Properties.getPropLen(core, 0));
      assertEquals(1, core.loadByte(Properties.getPropAddr(core, 1, 20)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void propertiesAreListedInTheirOrder(int version) {
    try (Playground playground = new Playground(builder(version))) {
      ZProcessor core = playground.core;

      assertEquals(20, Properties.getNextProp(core, 1, 0));
      assertEquals(10, Properties.getNextProp(core, 1, 20));
      assertEquals(5, Properties.getNextProp(core, 1, 10));
      assertEquals(0, Properties.getNextProp(core, 1, 5));
      assertInstanceOf(
          ZTrap.IllegalProperty.class, Playground.trap(() -> Properties.getNextProp(core, 1, 7)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void onlyPropertiesThatAreThereAreSet(int version) {
    try (Playground playground = new Playground(builder(version))) {
      ZProcessor core = playground.core;
      Properties.putProp(core, 1, 10, 0x5678);
      Properties.putProp(core, 1, 5, 0x1299);

      assertEquals(0x5678, Properties.getProp(core, 1, 10));
      assertEquals(0x99, Properties.getProp(core, 1, 5));
      assertInstanceOf(
          ZTrap.IllegalProperty.class, Playground.trap(() -> Properties.putProp(core, 1, 7, 1)));
      assertInstanceOf(
          ZTrap.IllegalProperty.class, Playground.trap(() -> Properties.getProp(core, 1, 0)));
      assertInstanceOf(
          ZTrap.IllegalProperty.class, Playground.trap(() -> Properties.getProp(core, 1, 64)));
    }
  }

  @Test
  void aLengthOfZeroMeans64() {
    StoryBuilder builder = builder(5).at(TABLE, 0, 0xa0, 0x80);
    try (Playground playground = new Playground(builder)) {
      assertEquals(64, Properties.getPropLen(playground.core, TABLE + 3));
    }
  }

  @Test
  void objectZeroHasNoProperties() {
    try (Playground playground = new Playground(builder(5))) {
      ZProcessor core = playground.core;
      Properties.putProp(core, 0, 10, 1);

      assertEquals(0, Properties.getProp(core, 0, 10));
      assertEquals(0, Properties.getPropAddr(core, 0, 10));
      assertEquals(0, Properties.getNextProp(core, 0, 0));
    }
  }

  @Test
  void propertiesThatRunOutOfMemoryTrap() {
    StoryBuilder builder = builder(5).word(StoryBuilder.OBJECTS + 126 + 12, 0xfff0);
    try (Playground playground = new Playground(builder)) {
      assertInstanceOf(
          ZTrap.ReadOutOfBounds.class,
          Playground.trap(() -> Properties.getProp(playground.core, 1, 10)));
    }
  }
}
