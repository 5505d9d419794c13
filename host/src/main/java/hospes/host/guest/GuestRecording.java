package hospes.host.guest;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalHeader;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.host.HostException;
import hospes.host.journal.DigestedFile;
import hospes.host.journal.JournalFile;
import hospes.host.journal.Recording;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A guest's recording, from its beginning to its end: a journal, and beside it the snapshot with
/// which it begins. Belongs to the guest's thread, where nothing else is said.
final class GuestRecording {
  private static final String SNAPSHOT = ".snapshot";

  private final Guest guest;
  private final GuestMachine machine;
  private volatile Optional<Recording> recording = Optional.empty();

  GuestRecording(Guest guest, GuestMachine machine) {
    this.guest = guest;
    this.machine = machine;
  }

  /// The snapshot with which a recording begins.
  static Path snapshotOf(Path journal) {
    return journal.resolveSibling(String.valueOf(journal.getFileName()) + SNAPSHOT);
  }

  /// Makes sure that a recording may begin.
  ///
  /// @throws HostException where the guest is recorded already
  void requireNone() {
    if (recording.isPresent()) {
      throw new HostException(
          "guest %s is recorded already, to %s".formatted(guest.name(), recording.get().file()));
    }
  }

  /// Begins.
  Recording begin(JournalFile file) {
    Recording begun =
        new Recording(
            file,
            machine.machine(),
            why ->
                guest.request(
                    () -> {
                      recording = recording.filter(now -> !now.isOver());
                      guest.tellRecordingFailed(why);
                      return true;
                    }));
    begun.begin(machine.disks());
    recording = Optional.of(begun);
    return begun;
  }

  /// Writes the beginning of a journal, whose snapshot was written beside it; on any thread.
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

  /// There is to be none after all; on any thread.
  void abandon(Recording begun) {
    begun.abandon();
    guest.request(
        () -> {
          recording = recording.filter(now -> now != begun);
          return true;
        });
  }

  /// A snapshot of this moment begins to be written.
  ///
  /// @return the recording that waits for it
  Optional<Recording> hold() {
    recording.ifPresent(Recording::hold);
    return recording;
  }

  /// Makes sure that a snapshot takes no place that the recording needs; on any thread.
  ///
  /// @throws HostException where it does
  void requireApart(Path snapshot) {
    recording.ifPresent(
        now -> {
          Path place = snapshot.toAbsolutePath().normalize();
          Path journal = now.file().toAbsolutePath().normalize();
          if (place.equals(journal) || place.equals(snapshotOf(journal))) {
            throw new HostException(
                "%s belongs to the guest's recording; choose another name".formatted(snapshot));
          }
        });
  }

  /// The snapshot of a moment is written, or failed to be; on any thread.
  static void snapshotWritten(Recording to, long instructions, Optional<Path> file) {
    Optional<Path> beside = file.filter(path -> isBeside(path, to.file()));
    Optional<Digest> digest = Optional.empty();
    try {
      if (beside.isPresent()) {
        digest = Optional.of(DigestedFile.digest(beside.get()));
      }
    } catch (IOException unreadable) {
      // a replay cannot start from it
    } finally {
      to.snapshot(
          instructions, beside.map(path -> String.valueOf(path.getFileName())).orElse(""), digest);
    }
  }

  /// Whether a replay that looks beside the journal would find it.
  private static boolean isBeside(Path one, Path other) {
    Path folder = one.toAbsolutePath().getParent();
    return folder != null
        && folder.equals(other.toAbsolutePath().getParent())
        && SnapshotReference.isRelative(String.valueOf(one.getFileName()));
  }

  /// Writes down the machine's state, where it is recorded.
  void checkpoint() {
    recording.ifPresent(Recording::checkpoint);
  }

  /// The machine ran for a while.
  void progress() {
    recording.ifPresent(Recording::progress);
  }

  /// Ends the recording, where there is one.
  ///
  /// @param reason for people
  void end(String reason) {
    Optional<Recording> ended = recording;
    recording = Optional.empty();
    ended.ifPresent(to -> to.end(reason));
  }
}
