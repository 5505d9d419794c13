package hospes.machine;

/// A component whose state is a named, versioned record (DESIGN.md, law 4).
public interface Stateful {
  /// The record's name, unique in a machine.
  String recordName();

  /// The version that [#save] writes; [#restore] reads it and no other.
  int recordVersion();

  /// Writes the whole state.
  void save(RecordWriter out);

  /// Takes over a state that [#save] wrote.
  ///
  /// @throws SnapshotException where the record is damaged
  void restore(RecordReader in);

  /// This component's state as a record.
  default StateRecord toRecord() {
    RecordWriter out = new RecordWriter();
    save(out);
    return new StateRecord(recordName(), recordVersion(), out.toByteArray());
  }
}
