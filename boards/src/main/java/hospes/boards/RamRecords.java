package hospes.boards;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.function.Consumer;

/// RAM as state records: only pages that hold anything but zeros, in groups of 512 pages (2 MiB).
final class RamRecords {
  private static final int GROUP = 512;
  private static final int VERSION = 1;
  private static final String NAME = "ram";

  private final FrameTable memory;

  RamRecords(FrameTable memory) {
    this.memory = memory;
  }

  void save(Consumer<StateRecord> sink) {
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
        sink.accept(new StateRecord(NAME + first / GROUP, VERSION, out.toByteArray()));
      }
    }
    sink.accept(new StateRecord(NAME, VERSION, index.toByteArray()));
  }

  private long address(int page) {
    return memory.base() + (long) page * FramePool.FRAME_SIZE;
  }

  void restore(Snapshot snapshot) {
    memory.clear();
    RecordReader index = snapshot.reader(NAME, VERSION);
    while (!index.isAtEnd()) {
      RecordReader in = snapshot.reader(NAME + index.getInt(), VERSION);
      int count = index.getCount(GROUP);
      for (int i = 0; i < count; i++) {
        int page = in.getInt();
        if (page < 0 || page >= memory.pages()) {
          throw new SnapshotException(
              "the snapshot has a page %d that this RAM has not".formatted(page));
        }
        memory.write(address(page), in.getBytes(FramePool.FRAME_SIZE), 0, FramePool.FRAME_SIZE);
      }
    }
  }
}
