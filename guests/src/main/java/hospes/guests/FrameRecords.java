package hospes.guests;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.List;
import java.util.function.Consumer;

/// Memory as state records: only pages that hold anything but zeros, in groups of 512 pages (2
/// MiB). The first range's records are called `ram`, the second's `ram.1` and so on.
final class FrameRecords {
  private static final int GROUP = 512;
  private static final int VERSION = 1;
  private static final String NAME = "ram";

  private final String name;
  private final FrameTable memory;

  private FrameRecords(int range, FrameTable memory) {
    name = range == 0 ? NAME : NAME + "." + range;
    this.memory = memory;
  }

  static void save(List<FrameTable> ranges, Consumer<StateRecord> sink) {
    for (int i = 0; i < ranges.size(); i++) {
      new FrameRecords(i, ranges.get(i)).save(sink);
    }
  }

  static void restore(List<FrameTable> ranges, Snapshot snapshot) {
    for (int i = 0; i < ranges.size(); i++) {
      new FrameRecords(i, ranges.get(i)).restore(snapshot);
    }
  }

  private String group(int number) {
    return name + ":" + number;
  }

  private void save(Consumer<StateRecord> sink) {
    byte[] page = new byte[FramePool.FRAME_SIZE];
    RecordWriter index = new RecordWriter();
    for (int first = 0; first < memory.pages(); first += GROUP) {
      RecordWriter out = new RecordWriter();
      int count = 0;
      for (int i = first; i < Math.min(first + GROUP, memory.pages()); i++) {
        if (!memory.isUntouched(i) && memory.copyPage(i, page)) {
          out.putInt(i);
          out.putBytes(page);
          count++;
        }
      }
      if (count > 0) {
        index.putInt(first / GROUP);
        index.putInt(count);
        sink.accept(new StateRecord(group(first / GROUP), VERSION, out.toByteArray()));
      }
    }
    sink.accept(new StateRecord(name, VERSION, index.toByteArray()));
  }

  private long address(int page) {
    return memory.base() + (long) page * FramePool.FRAME_SIZE;
  }

  private void restore(Snapshot snapshot) {
    memory.clear();
    RecordReader index = snapshot.reader(name, VERSION);
    while (!index.isAtEnd()) {
      RecordReader in = snapshot.reader(group(index.getInt()), VERSION);
      int count = index.getCount(GROUP);
      for (int i = 0; i < count; i++) {
        int page = in.getInt();
        if (page < 0 || page >= memory.pages()) {
          throw new SnapshotException(
              "the snapshot has a page %d that this memory has not".formatted(page));
        }
        memory.write(address(page), in.getBytes(FramePool.FRAME_SIZE), 0, FramePool.FRAME_SIZE);
      }
    }
  }
}
