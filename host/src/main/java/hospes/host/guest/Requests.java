package hospes.host.guest;

import hospes.host.HostException;
import hospes.memory.HostFaultException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What others ask of a guest: done between two slices, by the thread that owns it then. Once the
/// guest has ended, nobody owns it, and whoever asks does it himself.
final class Requests {
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private volatile boolean pending;
  private boolean ownerGone;

  /// Asks for something; the caller then wakes the guest.
  <T extends @Nullable Object> CompletableFuture<T> ask(Callable<T> action) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable work = () -> answer(action, answer);
    lock.lock();
    try {
      if (ownerGone) {
        work.run();
      } else {
        waiting.add(work);
        pending = true;
      }
    } finally {
      lock.unlock();
    }
    return answer;
  }

  private static <T extends @Nullable Object> void answer(
      Callable<T> action, CompletableFuture<T> answer) {
    try {
      answer.complete(action.call());
    } catch (HostFaultException fault) {
      answer.completeExceptionally(new HostException(fault.reason(), fault));
    } catch (Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }

  /// Whether something waits to be done.
  boolean pending() {
    return pending;
  }

  /// Does what waits, as long as `further` says so.
  void serve(BooleanSupplier further) {
    Runnable next;
    while (pending && further.getAsBoolean() && (next = poll()) != null) {
      next.run();
    }
  }

  private @Nullable Runnable poll() {
    lock.lock();
    try {
      Runnable next = waiting.poll();
      pending = !waiting.isEmpty();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// The owner leaves, after it did what waits.
  void ownerLeaves() {
    lock.lock();
    try {
      serve(() -> true);
      ownerGone = true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for an answer of a guest.
  ///
  /// @throws HostException where it failed in a way that its caller does not know
  static <T> T answer(String guest, CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new HostException("guest %s failed: %s".formatted(guest, failure.getCause()), failure);
    }
  }
}
