package hospes.host.guest;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalHeader;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.host.HostException;
import hospes.host.journal.DigestedFile;
import hospes.host.journal.Recording;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A guest's recording, from its beginning to its end: a journal, and beside it the snapshot with
/// which it begins.
final class GuestRecording {
  static final String SNAPSHOT = ".snapshot";

  private final Guest guest;
  private final GuestMachine machine;
  private volatile Optional<Recording> recording = Optional.empty();

  GuestRecording(Guest guest, GuestMachine machine) {
    this.guest = guest;
    this.machine = machine;
  }

  /// Begins; on the guest's thread.
  ///
  /// @throws HostException where it is recorded already
  Recording begin(Path file) {
    if (recording.isPresent()) {
      throw new HostException(
          "guest %s is recorded already, to %s".formatted(guest.name(), recording.get().file()));
    }
    Recording begun = new Recording(file, machine.machine());
    begun.watch(machine.disks());
    recording = Optional.of(begun);
    return begun;
  }

  /// Writes the beginning of a journal, whose snapshot was written beside it.
  ///
  /// @throws HostException where it cannot be written
  void open(Recording begun, long instructions, Path snapshot) {
    try {
      begun.open(
          new JournalHeader(
              machine.plan().kind().name(),
              SoftwareVersion.text(),
              guest.name(),
              PlanParts.ingredients(machine.plan()),
              List.of(),
              Optional.of(
                  new SnapshotReference(
                      instructions,
                      String.valueOf(snapshot.getFileName()),
                      DigestedFile.digest(snapshot)))));
    } catch (IOException e) {
      throw new HostException(
          "cannot write the recording %s: %s".formatted(begun.file(), Reasons.of(e)), e);
    }
  }

  /// A snapshot of this moment begins to be written; on the guest's thread.
  void hold() {
    recording.ifPresent(Recording::hold);
  }

  /// The snapshot of a moment is written, or failed to be.
  void snapshotWritten(long instructions, Optional<Path> file) {
    if (recording.isPresent()) {
      Recording to = recording.get();
      Optional<Path> beside = file.filter(path -> isBeside(path, to.file()));
      Optional<Digest> digest = Optional.empty();
      try {
        if (beside.isPresent()) {
          digest = Optional.of(DigestedFile.digest(beside.get()));
        }
      } catch (IOException unreadable) {
        // a replay cannot start from it
      }
      to.snapshot(
          instructions, beside.map(path -> path.getFileName().toString()).orElse(""), digest);
    }
  }

  private static boolean isBeside(Path one, Path other) {
    Path folder = one.toAbsolutePath().getParent();
    return folder != null && folder.equals(other.toAbsolutePath().getParent());
  }

  /// Writes down the machine's state, where it is recorded; on its thread.
  void checkpoint() {
    recording.ifPresent(Recording::checkpoint);
  }

  /// Ends the recording, where there is one; on the guest's thread.
  ///
  /// @param reason for people
  void end(String reason) {
    recording.ifPresent(to -> to.end(reason));
    recording.flatMap(Recording::failure).ifPresent(guest::tellRecordingFailed);
    recording = Optional.empty();
  }
}
