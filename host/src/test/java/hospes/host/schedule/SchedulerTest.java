package hospes.host.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulerTest {
  private static final Turn.Sleep FOREVER = new Turn.Sleep(Long.MAX_VALUE);

  /// Counts what was asked of it and, in slices, what it did; sleeps whenever it did all.
  private static final class Worker implements Slices {
    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final Semaphore did = new Semaphore(0);
    private long done;

    @Override
    public Turn run(long nanoseconds) {
      if (inside.incrementAndGet() != 1) {
        overlaps.incrementAndGet();
      }
      long wanted = asked.get();
      did.release((int) (wanted - done));
      done = wanted;
      inside.decrementAndGet();
      return FOREVER;
    }
  }

  @Test
  void noWakeUpIsLostAndNobodyRunsTwiceAtOnce() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(3, HostTime.WALL)) {
      List<Worker> workers = new ArrayList<>();
      List<Thread> wakers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Worker worker = new Worker();
        workers.add(worker);
        Task task = scheduler.add(worker, CpuShare.DEFAULT);
        wakers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int n = 0; n < 2000; n++) {
                        worker.asked.incrementAndGet();
                        scheduler.wake(task);
                        worker.did.acquireUninterruptibly();
                      }
                    }));
      }
      for (Thread waker : wakers) {
        waker.join();
      }
      for (Worker worker : workers) {
        assertEquals(0, worker.overlaps.get());
      }
    }
  }

  @Test
  void alarmsGoOffWhileOtherThreadsAreBusyOrAsleep() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(2, HostTime.WALL)) {
      CountDownLatch over = new CountDownLatch(50);
      for (int i = 0; i < 50; i++) {
        long pause = 1_000_000L + i * 100_000L;
        AtomicInteger naps = new AtomicInteger();
        scheduler.add(
            nanoseconds -> {
              if (naps.incrementAndGet() < 10) {
                return new Turn.Sleep(System.nanoTime() + pause);
              }
              over.countDown();
              return new Turn.Over();
            },
            CpuShare.DEFAULT);
      }
      over.await();
    }
  }

  @Test
  void sleepersCostNothing() throws InterruptedException {
    FakeTime time = new FakeTime(1);
    try (Scheduler scheduler = new Scheduler(1, time)) {
      AtomicInteger slices = new AtomicInteger();
      CountDownLatch started = new CountDownLatch(100);
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        tasks.add(
            scheduler.add(
                nanoseconds -> {
                  slices.incrementAndGet();
                  started.countDown();
                  return FOREVER;
                },
                CpuShare.DEFAULT));
      }
      started.await();
      CountDownLatch answered = new CountDownLatch(1);
      Task other =
          scheduler.add(
              nanoseconds -> {
                answered.countDown();
                return new Turn.Over();
              },
              CpuShare.DEFAULT);
      answered.await();
      scheduler.wake(other);
      assertEquals(100, slices.get(), "somebody looked at sleepers");
      assertEquals(100, tasks.size());
    }
  }

  @Test
  void aSpinnerLeavesTheOnlyProcessorToWhoeverIsWoken() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(1, HostTime.WALL)) {
      AtomicLong spins = new AtomicLong();
      scheduler.add(
          nanoseconds -> {
            spins.incrementAndGet();
            return new Turn.Again();
          },
          CpuShare.DEFAULT);
      Worker shell = new Worker();
      Task task = scheduler.add(shell, CpuShare.DEFAULT);
      for (int i = 0; i < 100; i++) {
        shell.asked.incrementAndGet();
        scheduler.wake(task);
        shell.did.acquire();
      }
      assertTrue(spins.get() > 0);
    }
  }

  @Test
  void nobodyRunsWhileItIsHeldAndNoWakeUpIsLost() throws InterruptedException {
    try (Scheduler scheduler = new Scheduler(2, HostTime.WALL)) {
      AtomicLong spins = new AtomicLong();
      Task spinner =
          scheduler.add(
              nanoseconds -> {
                spins.incrementAndGet();
                return new Turn.Again();
              },
              CpuShare.DEFAULT);
      Worker worker = new Worker();
      Task task = scheduler.add(worker, CpuShare.DEFAULT);
      for (int i = 0; i < 300; i++) {
        assertTrue(scheduler.hold(task, TimeUnit.SECONDS.toNanos(30)));
        assertEquals(0, worker.inside.get());
        worker.asked.incrementAndGet();
        scheduler.wake(task);
        assertEquals(0, worker.did.availablePermits(), "it ran while it was held");
        scheduler.letGo(task);
        worker.did.acquire();

        assertTrue(scheduler.hold(spinner, TimeUnit.SECONDS.toNanos(30)));
        long before = spins.get();
        Thread.onSpinWait();
        assertEquals(before, spins.get());
        scheduler.letGo(spinner);
      }
    }
  }
}
