package hospes.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Memory of several ranges becomes records that hold what is no zeros, and comes back from them.
final class FrameRecordsTest {
  private static final int PAGE = FramePool.FRAME_SIZE;
  private static final long HIGH = 0x8000_0000L;

  private final FramePool pool = new FramePool();
  private final FrameTable low = new FrameTable(pool, 0, 4 * PAGE);
  private final FrameTable high = new FrameTable(pool, HIGH, 1030 * PAGE);
  private final List<FrameTable> ranges = List.of(low, high);

  @AfterEach
  void close() {
    ranges.forEach(FrameTable::close);
    assertEquals(0, pool.used());
    pool.close();
  }

  private List<StateRecord> save() {
    List<StateRecord> records = new ArrayList<>();
    FrameRecords.save(ranges, records::add);
    return records;
  }

  private static Snapshot snapshot(List<StateRecord> records) {
    Snapshot snapshot = new Snapshot();
    records.forEach(snapshot::add);
    return snapshot;
  }

  private void fill() {
    low.write(3 * PAGE + 8, 8, 11);
    high.write(HIGH, 8, 22);
    high.write(HIGH + PAGE, 8, 0); // touched, and zeros
    high.write(HIGH + 1029L * PAGE, 8, 33);
  }

  @Test
  void eachRangeHasItsRecordsAndPagesOfZerosHaveNone() {
    fill();
    List<StateRecord> records = save();
    assertEquals(
        List.of("ram:0", "ram", "ram.1:0", "ram.1:2", "ram.1"),
        records.stream().map(StateRecord::name).toList());
    assertEquals(4 + PAGE, records.get(2).bytes().length, "one page and its number");
    RecordReader index = new RecordReader(records.get(4));
    assertEquals(
        List.of(0, 1, 2, 1),
        List.of(index.getInt(), index.getInt(), index.getInt(), index.getInt()));
    assertTrue(index.isAtEnd());
  }

  @Test
  void memoryComesBackAndWhatItHeldMeanwhileIsGone() {
    fill();
    Snapshot saved = snapshot(save());
    low.write(0, 8, 44);
    high.write(HIGH, 8, 55);
    FrameRecords.restore(ranges, saved);
    assertEquals(0, low.readLong(0));
    assertEquals(11, low.readLong(3 * PAGE + 8));
    assertEquals(22, high.readLong(HIGH));
    assertEquals(33, high.readLong(HIGH + 1029L * PAGE));
    assertEquals(3, pool.used());
  }

  @Test
  void aPageThatTheMemoryHasNotIsRefused() {
    RecordWriter index = new RecordWriter();
    index.putInt(0);
    index.putInt(1);
    for (int page : new int[] {-1, 4}) {
      RecordWriter group = new RecordWriter();
      group.putInt(page);
      group.putBytes(new byte[PAGE]);
      Snapshot damaged =
          snapshot(
              List.of(
                  new StateRecord("ram", 1, index.toByteArray()),
                  new StateRecord("ram:0", 1, group.toByteArray()),
                  new StateRecord("ram.1", 1, new byte[0])));
      assertThrows(SnapshotException.class, () -> FrameRecords.restore(ranges, damaged));
    }
  }

  @Test
  void recordsThatAreCutShortAreRefused() {
    fill();
    List<StateRecord> whole = save();
    for (int cut = 0; cut < whole.size(); cut++) {
      List<StateRecord> records = new ArrayList<>(whole);
      StateRecord old = whole.get(cut);
      byte[] shorter = Arrays.copyOf(old.bytes(), old.bytes().length - 1);
      records.set(cut, new StateRecord(old.name(), old.version(), shorter));
      Snapshot damaged = snapshot(records);
      assertThrows(
          SnapshotException.class, () -> FrameRecords.restore(ranges, damaged), old.name());
    }
  }
}
