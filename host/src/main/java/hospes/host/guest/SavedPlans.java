package hospes.host.guest;

import hospes.formats.snapshot.SnapshotFormatException;
import hospes.guests.MachineKind;
import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.snapshot.PlanRecord;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.Snapshot;

/// What a snapshot says of the machine that it is of.
final class SavedPlans {
  private SavedPlans() {}

  /// The records of a snapshot that are read at once.
  ///
  /// @throws SnapshotFileException where one is damaged
  static Snapshot state(SnapshotFile file) throws SnapshotFileException {
    return file.records(record -> !PlanRecord.isContent(record));
  }

  /// The plan of a snapshot's machine.
  ///
  /// @throws HostException where this Hospes has no such kind of machine, or the snapshot is from
  /// before snapshots told it
  static Plan plan(SnapshotFile file, Snapshot state) {
    return PlanRecord.restore(Plan.of(kind(file)), state, file);
  }

  /// The kind of a snapshot's machine.
  ///
  /// @throws HostException where this Hospes has none such, or the snapshot is from before
  /// snapshots told what to build
  static MachineKind kind(SnapshotFile file) {
    String wanted = file.header().machine();
    MachineKind kind =
        Kinds.named(wanted)
            .orElseThrow(
                () ->
                    refused(
                        "the snapshot is of a machine '%s', which this Hospes does not have; it was written by Hospes %s"
                            .formatted(wanted, file.header().hospesVersion())));
    if (!PlanRecord.isIn(file)) {
      throw refused(
          "the snapshot was written by an older Hospes (%s), in a form that this one does not read any more; start the guest anew and save it again, or restore it with that Hospes"
              .formatted(file.header().hospesVersion()));
    }
    return kind;
  }

  private static HostException refused(String why) {
    SnapshotFileException cause =
        new SnapshotFileException(
            why, new SnapshotFormatException(SnapshotFormatException.Problem.OTHER_MACHINE, why));
    return new HostException(why, cause);
  }
}
