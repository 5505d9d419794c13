package hospes.host.guest;

import hospes.formats.snapshot.Compression;
import hospes.host.HostException;
import hospes.host.snapshot.FrozenMachine;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.StateRecord;
import hospes.memory.HostFaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Writes snapshots of a guest, one at a time.
final class GuestSaving {
  /// A guest at one moment.
  ///
  /// @param guest the host's own record of it
  record Moment(StateRecord guest, FrozenMachine machine) {}

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
      write(file, freeze());
    } finally {
      lock.unlock();
    }
  }

  /// Writes a moment of the guest, and closes it.
  void write(Path file, Moment moment) {
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
      frozen.thenAccept(moment -> moment.machine().discard());
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
