package hospes.host.guest;

import hospes.formats.snapshot.Compression;
import hospes.host.HostException;
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
  record Moment(StateRecord guest, FrozenMachine machine, long instructions) {}

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
      guest.recording().snapshotWritten(moment.instructions(), written);
    }
  }

  /// Begins to record the guest to a journal, with a snapshot of this moment beside it.
  ///
  /// @throws HostException where it is recorded already, cannot be saved, or a file cannot be
  // written
  void record(Path file) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Begun begun = guest.ask(() -> new Begun(guest.recording().begin(file), guest.freezeUnheld()));
      Path snapshot =
          file.resolveSibling(String.valueOf(file.getFileName()) + GuestRecording.SNAPSHOT);
      write(snapshot, begun.moment());
      guest.recording().open(begun.recording(), begun.moment().instructions(), snapshot);
    } finally {
      lock.unlock();
    }
  }

  private record Begun(Recording recording, Moment moment) {}

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
            guest.recording().snapshotWritten(moment.instructions(), Optional.empty());
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
