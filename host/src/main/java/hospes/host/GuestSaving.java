package hospes.host;

import hospes.memory.HostFaultException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Writes snapshots of a guest, one at a time.
final class GuestSaving {
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
    try (FrozenMachine frozen = freeze()) {
      frozen.save(file, guest.description().header(guest.name()));
    } catch (SnapshotFileException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    } catch (HostFaultException lost) {
      throw new HostException(
          "guest %s cannot be saved: %s".formatted(guest.name(), lost.reason()), lost);
    } finally {
      lock.unlock();
    }
  }

  private FrozenMachine freeze() throws InterruptedException {
    CompletableFuture<FrozenMachine> frozen = guest.request(guest::freeze);
    try {
      return Requests.answer(guest.name(), frozen);
    } catch (InterruptedException noLongerWanted) {
      frozen.thenAccept(FrozenMachine::discard);
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
