package hospes.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Records come back as they were written, and damaged ones end in a [SnapshotException] before
/// anything is done with what they claim.
final class RecordReaderTest {
  private static RecordReader reader(byte[] bytes) {
    return new RecordReader(new StateRecord("part", 1, bytes));
  }

  private static byte[] sample() {
    RecordWriter out = new RecordWriter();
    out.putBoolean(true);
    out.putInt(-2);
    out.putLong(Long.MIN_VALUE + 3);
    out.putLongs(new long[] {4, -5});
    out.putString("größe");
    out.putInt(3);
    out.putBytes(new byte[] {6, 7, 8});
    out.putBoolean(false);
    return out.toByteArray();
  }

  private static void read(RecordReader in) {
    assertTrue(in.getBoolean());
    assertEquals(-2, in.getInt());
    assertEquals(Long.MIN_VALUE + 3, in.getLong());
    long[] values = new long[2];
    in.getLongs(values);
    assertArrayEquals(new long[] {4, -5}, values);
    assertEquals("größe", in.getString());
    assertArrayEquals(new byte[] {6, 7, 8}, in.getBytes(in.getCount(100)));
    assertFalse(in.getBoolean());
  }

  private static void damaged(byte[] bytes, Consumer<RecordReader> reading) {
    SnapshotException told =
        assertThrows(SnapshotException.class, () -> reading.accept(reader(bytes)));
    assertTrue(String.valueOf(told.getMessage()).contains("record part is damaged"));
  }

  @Test
  void whatWasWrittenComesBackInTheSameOrder() {
    RecordReader in = reader(sample());
    assertFalse(in.isAtEnd());
    read(in);
    assertTrue(in.isAtEnd());
  }

  @Test
  void aCutRecordIsRefusedWhereverItEnds() {
    byte[] whole = sample();
    for (int length = 0; length < whole.length; length++) {
      damaged(Arrays.copyOf(whole, length), RecordReaderTest::read);
    }
  }

  @Test
  void lengthsThatTheRecordHasNotAreRefusedBeforeMemoryIsTakenForThem() {
    // No array can be this long, so a reader that took the memory first would fail otherwise.
    damaged(new byte[64], in -> in.getBytes(Integer.MAX_VALUE));
    damaged(new byte[64], in -> in.getBytes(65));
    assertEquals(64, reader(new byte[64]).getBytes(64).length);
  }

  @Test
  void negativeLengthsAndCountsAreDamage() {
    damaged(new byte[8], in -> in.getBytes(-1));
    damaged(new byte[] {-1, -1, -1, -1, 0}, in -> in.getCount(Integer.MAX_VALUE));
    damaged(new byte[] {5, 0, 0, 0}, in -> in.getCount(4));
    assertEquals(5, reader(new byte[] {5, 0, 0, 0}).getCount(5));
  }

  @Test
  void aTextLongerThanItsRecordIsDamage() {
    damaged(new byte[] {2, 0, 0, 0, 'a'}, RecordReader::getString);
    damaged(new byte[] {-1, -1, -1, 127, 'a'}, RecordReader::getString);
    assertEquals("", reader(new byte[4]).getString());
  }

  @Test
  void valuesOfARecordThatIsTooShortAreLeftAsTheyWere() {
    long[] values = {1, 2};
    damaged(new byte[9], in -> in.getLongs(values));
    assertArrayEquals(new long[] {1, 2}, values);
  }
}
