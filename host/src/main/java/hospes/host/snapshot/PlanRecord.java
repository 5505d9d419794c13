package hospes.host.snapshot;

import hospes.formats.snapshot.NamedRecord;
import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.machine.HostLossException;
import hospes.machine.Payload;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A plan in the records of a snapshot. What a file of it holds is a record of its own, whose bytes
/// are the file's: a reset needs them, and hardly anything else does, so they are read then.
public final class PlanRecord {
  private static final String NAME = "plan";
  private static final String CONTENT = "content.";
  private static final int VERSION = 1;
  private static final int MOST_OPTIONS = 256;
  private static final int MOST_VALUES = 4096;

  private PlanRecord() {}

  /// Whether a record holds a file of a plan.
  public static boolean isContent(String name) {
    return name.startsWith(CONTENT);
  }

  /// Whether a snapshot says what to build.
  public static boolean isIn(SnapshotFile file) {
    return file.recordNames().contains(NAME);
  }

  /// The records of a plan.
  ///
  /// @throws HostLossException where a file cannot be read any more
  public static List<StateRecord> save(Plan plan) {
    RecordWriter out = new RecordWriter();
    List<StateRecord> records = new ArrayList<>();
    out.putBoolean(plan.screen().isPresent());
    out.putInt(plan.screen().map(Payload.Size::lines).orElse(0));
    out.putInt(plan.screen().map(Payload.Size::columns).orElse(0));
    out.putInt(plan.values().size());
    for (Map.Entry<String, List<Value>> option : plan.values().entrySet()) {
      out.putString(option.getKey());
      out.putInt(option.getValue().size());
      for (Value value : option.getValue()) {
        save(out, value, records);
      }
    }
    records.addFirst(new StateRecord(NAME, VERSION, out.toByteArray()));
    return records;
  }

  private static void save(RecordWriter out, Value value, List<StateRecord> contents) {
    switch (value) {
      case Value.Flag() -> out.putInt(0);
      case Value.Text(String text) -> {
        out.putInt(1);
        out.putString(text);
      }
      case Value.Number(long number) -> {
        out.putInt(2);
        out.putLong(number);
      }
      case Value.File(String name, Content content) -> {
        String record = CONTENT + contents.size();
        contents.add(new StateRecord(record, VERSION, content.bytes()));
        out.putInt(3);
        out.putString(name);
        out.putString(record);
        out.putLong(content.size());
      }
      case Value.Disk(String file, List<String> words) -> {
        out.putInt(4);
        out.putString(file);
        out.putInt(words.size());
        words.forEach(out::putString);
      }
      case Value.Place(String path) -> {
        out.putInt(5);
        out.putString(path);
      }
    }
  }

  /// The plan of a machine that was saved to a file.
  ///
  /// @param empty a plan of its kind, of which nothing is said
  /// @throws SnapshotException where its record is missing or damaged
  public static Plan restore(Plan empty, Snapshot state, SnapshotFile file) {
    RecordReader in = state.reader(NAME, VERSION);
    boolean hasScreen = in.getBoolean();
    int lines = in.getInt();
    int columns = in.getInt();
    Plan plan = empty;
    try {
      if (hasScreen) {
        plan = plan.before(new Payload.Size(lines, columns));
      }
    } catch (IllegalArgumentException impossible) {
      throw new SnapshotException("record plan is damaged: its screen has no size", impossible);
    }
    for (int left = in.getCount(MOST_OPTIONS); left > 0; left--) {
      String option = in.getString();
      List<Value> values = new ArrayList<>();
      for (int more = in.getCount(MOST_VALUES); more > 0; more--) {
        values.add(value(in, (record) -> new SavedContent(file, record)));
      }
      plan = plan.with(option, values);
    }
    return plan;
  }

  private static Value value(RecordReader in, Function<String, SavedContent> contents) {
    int kind = in.getInt();
    return switch (kind) {
      case 0 -> new Value.Flag();
      case 1 -> new Value.Text(in.getString());
      case 2 -> new Value.Number(in.getLong());
      case 3 -> {
        String name = in.getString();
        SavedContent content = contents.apply(in.getString());
        yield new Value.File(name, content.ofSize(in.getLong()));
      }
      case 4 -> {
        String file = in.getString();
        List<String> words = new ArrayList<>();
        for (int left = in.getCount(MOST_VALUES); left > 0; left--) {
          words.add(in.getString());
        }
        yield new Value.Disk(file, words);
      }
      case 5 -> new Value.Place(in.getString());
      default -> throw new SnapshotException("record plan is damaged: no value is of kind " + kind);
    };
  }

  /// What a file held, in a snapshot; read each time that it is asked for.
  private record SavedContent(SnapshotFile file, String record, long size) implements Content {
    SavedContent(SnapshotFile file, String record) {
      this(file, record, 0);
    }

    SavedContent ofSize(long newSize) {
      return new SavedContent(file, record, newSize);
    }

    @Override
    public byte[] bytes() {
      try {
        NamedRecord found = file.read(record);
        if (found.version() != VERSION) {
          throw new HostLossException(
              "what the guest starts from is lost: record %s of the snapshot has version %d; this Hospes reads version %d"
                  .formatted(record, found.version(), VERSION));
        }
        return found.bytes();
      } catch (SnapshotFileException e) {
        throw new HostLossException("what the guest starts from is lost: " + e.getMessage(), e);
      }
    }
  }
}
