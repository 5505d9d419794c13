package hospes.machine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The whole state of a machine, as named, versioned records.
public final class Snapshot {
  private final Map<String, StateRecord> records = new LinkedHashMap<>();

  /// The state of `machine` now.
  public static Snapshot of(Machine machine) {
    Snapshot snapshot = new Snapshot();
    machine.save(snapshot::add);
    return snapshot;
  }

  /// SHA-256, in hexadecimal, over a machine's whole state; equal for equal machines, and computed
  /// without keeping it.
  public static String hash(Machine machine) {
    MessageDigest sha256 = Entropy.sha256();
    machine.save(
        stateRecord -> {
          byte[] name = stateRecord.name().getBytes(StandardCharsets.UTF_8);
          sha256.update(
              ByteBuffer.allocate(12)
                  .putInt(name.length)
                  .putInt(stateRecord.version())
                  .putInt(stateRecord.bytes().length)
                  .flip());
          sha256.update(name);
          sha256.update(stateRecord.bytes());
        });
    return HexFormat.of().formatHex(sha256.digest());
  }

  /// Adds a record.
  public void add(StateRecord stateRecord) {
    if (records.put(stateRecord.name(), stateRecord) != null) {
      throw new IllegalArgumentException("two records are named " + stateRecord.name());
    }
  }

  /// All records, in the order in which they were saved.
  public Collection<StateRecord> records() {
    return Collections.unmodifiableCollection(records.values());
  }

  /// Restores one component from its record.
  ///
  /// @throws SnapshotException where there is none, or it is damaged or of another version
  public void restore(Stateful component) {
    RecordReader in = reader(component.recordName(), component.recordVersion());
    component.restore(in);
    if (!in.isAtEnd()) {
      throw new SnapshotException(
          "record %s is longer than it should be".formatted(component.recordName()));
    }
  }

  /// A reader of the record with this name and version.
  ///
  /// @throws SnapshotException where there is none
  public RecordReader reader(String name, int version) {
    StateRecord found = records.get(name);
    if (found == null) {
      throw new SnapshotException(
          "the snapshot has no record %s: it is of another machine".formatted(name));
    }
    if (found.version() != version) {
      throw new SnapshotException(
          "record %s has version %d; this Hospes reads version %d"
              .formatted(name, found.version(), version));
    }
    return new RecordReader(found);
  }
}
