package hospes.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.riscv.TranslationBuffer.Forgotten;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TranslationBufferTest {
  private static final int LOG2 = 6;
  private static final int MOST = 1 << LOG2;
  private static final long PAGE = 4096;

  private final TranslationBuffer buffer = new TranslationBuffer(LOG2);

  /// Against a map, with so few addresses that keys collide, are forgotten and come back.
  @Test
  void agreesWithAMap() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Long> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      int level = random.nextInt(3);
      long address = random.nextLong(40) << 12 + 9 * level | 0xffff_ff00_0000_0000L;
      String key = level + " " + (address >>> 12 + 9 * level);
      switch (random.nextInt(6)) {
        case 0 -> {
          if (buffer.isFullFor(address, level)) {
            buffer.clear();
            expected.clear();
          }
          buffer.put(address, level, i + 1);
          expected.put(key, i + 1L);
        }
        case 1 -> {
          boolean page = expected.remove("0 " + (address >>> 12)) != null;
          boolean superpage =
              expected.remove("1 " + (address >>> 21)) != null
                  | expected.remove("2 " + (address >>> 30)) != null;
          assertEquals(
              superpage ? Forgotten.SUPERPAGE : page ? Forgotten.PAGE : Forgotten.NOTHING,
              buffer.forget(address));
        }
        default -> assertEquals(expected.getOrDefault(key, 0L), buffer.find(address + 9, level));
      }
    }
  }

  @Test
  void isFullOnlyForPagesThatHaveNoPlace() {
    for (int i = 0; i < MOST; i++) {
      assertFalse(buffer.isFullFor(i * PAGE, 0));
      buffer.put(i * PAGE, 0, 1);
    }
    assertFalse(buffer.isFullFor(5 * PAGE, 0));
    assertTrue(buffer.isFullFor(MOST * PAGE, 0));
    assertTrue(buffer.isFullFor(5 * PAGE, 1));
    buffer.clear();
    assertEquals(0, buffer.find(5 * PAGE, 0));
    assertFalse(buffer.isFullFor(MOST * PAGE, 0));
  }

  /// Or else two machines that go on alike would become full at different times.
  @Test
  void aRestoredBufferIsFullWhenTheSavedOneIs() {
    for (int i = 0; i < MOST - 1; i++) {
      long address = (long) i << 21;
      buffer.put(address, i % 2, i + 1);
      if (i % 3 == 0) {
        buffer.forget(address);
      }
    }
    TranslationBuffer restored = new TranslationBuffer(LOG2);
    restored.put(0, 3, 99);
    restored.restore(reader(save(buffer)));
    assertArrayEquals(save(buffer), save(restored));
    assertEquals(buffer.levels(), restored.levels());
    assertEquals(0, restored.find(0, 3));
    assertFalse(restored.isFullFor(-PAGE, 0));
    restored.put(-PAGE, 0, 1);
    assertTrue(restored.isFullFor(-2 * PAGE, 0));
  }

  @Test
  void aDamagedRecordIsRefused() {
    RecordWriter out = new RecordWriter();
    out.putInt(1);
    out.putLong(7);
    out.putLong(1);
    assertThrows(SnapshotException.class, () -> buffer.restore(reader(out.toByteArray())));
    RecordWriter tooMany = new RecordWriter();
    tooMany.putInt(MOST + 1);
    assertThrows(SnapshotException.class, () -> buffer.restore(reader(tooMany.toByteArray())));
  }

  private static byte[] save(TranslationBuffer buffer) {
    RecordWriter out = new RecordWriter();
    buffer.save(out);
    return out.toByteArray();
  }

  private static RecordReader reader(byte[] bytes) {
    return new RecordReader(new StateRecord("translations", 1, bytes));
  }
}
