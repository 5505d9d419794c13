package hospes.host.guest;

import hospes.formats.snapshot.Compression;
import hospes.host.HostException;
import hospes.host.journal.JournalFile;
import hospes.host.journal.Recording;
import hospes.host.snapshot.FrozenMachine;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.StateRecord;
import hospes.memory.HostFaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Writes snapshots of a guest, one at a time.
final class GuestSaving {
  /// A guest at one moment.
  ///
  /// @param guest the host's own record of it
  /// @param recording what waits until the moment is saved
  record Moment(
      StateRecord guest, FrozenMachine machine, long instructions, Optional<Recording> recording) {
    /// The same, for which a recording waits.
    Moment heldBy(Optional<Recording> waiting) {
      return new Moment(guest, machine, instructions, waiting);
    }

    private void saved(Optional<Path> file) {
      recording.ifPresent(to -> GuestRecording.snapshotWritten(to, instructions, file));
    }
  }

  private final Guest guest;

  /// Held while a snapshot is written, which needs the guest's memory.
  private final ReentrantLock lock = new ReentrantLock();

  GuestSaving(Guest guest) {
    this.guest = guest;
  }

  /// Writes the guest as it is at this moment, while it goes on.
  ///
  /// @throws GuestStateException where it has ended
  /// @throws HostException where it cannot be saved, or the file cannot be written
  void save(Path file) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      guest.recording().requireApart(file);
      save(file, freeze());
    } finally {
      lock.unlock();
    }
  }

  private void save(Path file, Moment moment) {
    Optional<Path> written = Optional.empty();
    try {
      write(file, moment);
      written = Optional.of(file);
    } finally {
      moment.saved(written);
    }
  }

  /// Begins to record the guest to a journal, with a snapshot of this moment beside it.
  ///
  /// @throws HostException where it is recorded already, cannot be saved, or a file cannot be
  /// written
  void record(Path file) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      guest.recording().requireNone();
      Begun begun = begin(JournalFile.create(file));
      boolean done = false;
      try {
        Path snapshot = GuestRecording.snapshotOf(file);
        write(snapshot, begun.moment());
        guest.recording().open(begun.recording(), begun.moment().instructions(), snapshot);
        done = true;
      } finally {
        if (!done) {
          guest.recording().abandon(begun.recording());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private record Begun(Recording recording, Moment moment) {}

  private Begun begin(JournalFile file) throws InterruptedException {
    CompletableFuture<Begun> begun = guest.request(() -> guest.beginRecording(file, Begun::new));
    boolean done = false;
    try {
      Begun both = Requests.answer(guest.name(), begun);
      done = true;
      return both;
    } finally {
      if (!done) {
        begun.whenComplete(
            (both, failure) -> {
              if (failure == null) { // no longer wanted
                both.moment().machine().discard();
                guest.recording().abandon(both.recording());
              } else {
                file.abandon();
              }
            });
      }
    }
  }

  private void write(Path file, Moment moment) {
    try (FrozenMachine frozen = moment.machine()) {
      frozen.save(file, guest.header(), List.of(moment.guest()), Compression.ZSTD);
    } catch (SnapshotFileException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    } catch (HostFaultException lost) {
      throw new HostException(
          "guest %s cannot be saved: %s".formatted(guest.name(), lost.reason()), lost);
    }
  }

  private Moment freeze() throws InterruptedException {
    CompletableFuture<Moment> frozen = guest.request(guest::freeze);
    try {
      return Requests.answer(guest.name(), frozen);
    } catch (InterruptedException noLongerWanted) {
      frozen.thenAccept(
          moment -> {
            moment.machine().discard();
            moment.saved(Optional.empty());
          });
      throw noLongerWanted;
    }
  }

  /// Waits for the end of a snapshot that is being written, and lets none begin meanwhile.
  void whileNothingIsSaved(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
