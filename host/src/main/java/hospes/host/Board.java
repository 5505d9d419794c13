package hospes.host;

import hospes.machine.Snapshot;

/// The makes of machines that a host has, each with what restores it: a snapshot names its own.
enum Board {
  VIRT(
      "virt",
      (file, state, options, wiring) -> VirtGuest.restore(file, state, options, wiring, () -> {})),
  Z_MACHINE("zmachine", StoryGuest::restore);

  /// Builds a machine from a snapshot.
  interface Restorer {
    /// The machine. Whoever calls this closes the file only where this fails.
    ///
    /// @param state the file's records
    /// @throws hospes.machine.SnapshotException where a record is missing or damaged
    /// @throws HostException where the machine cannot be built
    GuestMachine restore(
        SnapshotFile file, Snapshot state, RestoreOptions options, MachineWiring wiring);
  }

  private final String text;
  private final Restorer restorer;

  Board(String text, Restorer restorer) {
    this.text = text;
    this.restorer = restorer;
  }

  /// As it stands in snapshots and descriptions.
  String text() {
    return text;
  }

  /// A machine of this make from a snapshot of one.
  GuestMachine restore(
      SnapshotFile file, Snapshot state, RestoreOptions options, MachineWiring wiring) {
    return restorer.restore(file, state, options, wiring);
  }

  /// The make of the machine that a snapshot is of.
  ///
  /// @throws HostException where this Hospes has none such
  static Board of(SnapshotFile file) {
    String wanted = file.header().machine();
    for (Board board : values()) {
      if (board.text.equals(wanted)) {
        return board;
      }
    }
    throw new HostException(
        "the snapshot is of a machine '%s', which this Hospes does not have; it was written by Hospes %s"
            .formatted(wanted, file.header().hospesVersion()));
  }
}
