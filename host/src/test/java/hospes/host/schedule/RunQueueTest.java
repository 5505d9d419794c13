package hospes.host.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Simulates processors on which tasks run, by a clock of its own.
class RunQueueTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private final RunQueue queue = new RunQueue();
  private final Map<Task, Long> had = new HashMap<>();
  private final Map<Task, LongFunction<Turn>> habits = new HashMap<>();
  private long tasks;
  private long now;
  private @Nullable Task running;

  private Task spinner(CpuShare share) {
    return task(share, time -> new Turn.Again());
  }

  /// @param habit what the task does after a slice that ended at a time
  private Task task(CpuShare share, LongFunction<Turn> habit) {
    Task task = new Task(nanoseconds -> new Turn.Again(), share, tasks++);
    habits.put(task, habit);
    had.put(task, 0L);
    queue.add(task);
    return task;
  }

  /// Runs all tasks on one processor for a time.
  private void simulate(long nanoseconds) {
    long end = now + nanoseconds;
    while (now < end) {
      if (running == null) {
        running = queue.next(now);
      }
      if (running == null) {
        now = Math.min(end, queue.nextAlarm());
        continue;
      }
      running = slice(running);
    }
  }

  private @Nullable Task slice(Task task) {
    long length =
        queue.hasReady() ? Scheduler.SHORT_SLICE_NANOSECONDS : Scheduler.SLICE_NANOSECONDS;
    long start = now;
    now += length;
    had.merge(task, length, Long::sum);
    Turn turn = Objects.requireNonNull(habits.get(task)).apply(now);
    return queue.ran(task, start, now, turn) ? task : null;
  }

  private double part(Task task, long of) {
    return (double) had.getOrDefault(task, 0L) / of;
  }

  /// What a task gets of the time that comes.
  private double partOfNext(Task task, long length) {
    long before = had.getOrDefault(task, 0L);
    simulate(length);
    return (double) (had.getOrDefault(task, 0L) - before) / length;
  }

  @Test
  void equalsGetEqualTime() {
    List<Task> spinners = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      spinners.add(spinner(CpuShare.DEFAULT));
    }
    simulate(SECOND);
    for (Task spinner : spinners) {
      assertEquals(1.0 / 7, part(spinner, SECOND), 0.01);
    }
  }

  @Test
  void timeFollowsTheWeights() {
    Task light = spinner(CpuShare.DEFAULT.withWeight(50));
    Task normal = spinner(CpuShare.DEFAULT);
    Task heavy = spinner(CpuShare.DEFAULT.withWeight(850));
    simulate(5 * SECOND);
    assertEquals(0.05, part(light, 5 * SECOND), 0.005);
    assertEquals(0.10, part(normal, 5 * SECOND), 0.005);
    assertEquals(0.85, part(heavy, 5 * SECOND), 0.01);
  }

  @Test
  void aLimitHoldsEvenWhereNobodyCompetes() {
    Task half = spinner(CpuShare.DEFAULT.withLimit(0.5));
    simulate(2 * SECOND);
    assertEquals(0.5, part(half, 2 * SECOND), 0.02);
  }

  @Test
  void whatALimitLeavesGoesToTheOthers() {
    Task tenth = spinner(CpuShare.DEFAULT.withLimit(0.1));
    Task free = spinner(CpuShare.DEFAULT);
    simulate(2 * SECOND);
    assertEquals(0.1, part(tenth, 2 * SECOND), 0.02);
    assertEquals(0.9, part(free, 2 * SECOND), 0.02);
  }

  @Test
  void anotherClaimCountsFromTheNextSliceOn() {
    Task first = spinner(CpuShare.DEFAULT);
    Task second = spinner(CpuShare.DEFAULT);
    simulate(SECOND);
    queue.update(first, CpuShare.DEFAULT.withWeight(300), now);
    assertEquals(0.75, partOfNext(first, SECOND), 0.03);
    queue.update(second, CpuShare.DEFAULT.withLimit(0.1), now);
    assertEquals(0.1, partOfNext(second, SECOND), 0.03);
  }

  /// The pause that it owes would be ten times as long as what it had.
  @Test
  void aLimitThatIsLiftedLetsItsTaskGoOnAtOnce() {
    Task slow = spinner(CpuShare.DEFAULT.withLimit(0.01));
    simulate(SECOND);
    assertEquals(Task.Phase.THROTTLED, slow.phase);
    queue.update(slow, CpuShare.DEFAULT, now);
    assertEquals(1, partOfNext(slow, 10 * MILLISECOND), 0.2); // slices are long beside this
  }

  @Test
  void beingWokenDoesNotLiftALimit() {
    Task tenth = task(CpuShare.DEFAULT.withLimit(0.1), time -> new Turn.Sleep(Long.MAX_VALUE));
    for (int i = 0; i < 1000; i++) {
      queue.wake(tenth, now);
      simulate(MILLISECOND);
    }
    assertTrue(part(tenth, SECOND) < 0.13, "got " + part(tenth, SECOND));
  }

  @Test
  void aSleeperIsServedAtOnceBesideSpinners() {
    for (int i = 0; i < 5; i++) {
      spinner(CpuShare.DEFAULT);
    }
    List<Long> servedAt = new ArrayList<>();
    Task shell =
        task(
            CpuShare.DEFAULT,
            time -> {
              servedAt.add(time);
              return new Turn.Sleep(Long.MAX_VALUE);
            });
    simulate(SECOND);
    for (int i = 0; i < 50; i++) {
      servedAt.clear();
      long wokenAt = now;
      queue.wake(shell, now);
      simulate(20 * MILLISECOND);
      assertEquals(1, servedAt.size());
      long latency = servedAt.getFirst() - Scheduler.SHORT_SLICE_NANOSECONDS - wokenAt;
      assertTrue(latency <= 2 * MILLISECOND, "waited " + latency + " ns");
    }
  }

  @Test
  void timeCannotBeSavedUpBySleeping() {
    Task saver = task(CpuShare.DEFAULT, time -> time < SECOND ? sleep(SECOND) : new Turn.Again());
    Task spinner = spinner(CpuShare.DEFAULT);
    simulate(SECOND);
    had.put(saver, 0L);
    had.put(spinner, 0L);
    simulate(100 * MILLISECOND);
    assertEquals(0.5, part(spinner, 100 * MILLISECOND), 0.05);
  }

  private static Turn sleep(long until) {
    return new Turn.Sleep(until);
  }

  @Test
  void aSpinnerThatWasAloneDoesNotOweItsTimeToThoseWhoSlept() {
    Task sleeper = task(CpuShare.DEFAULT, time -> new Turn.Sleep(Long.MAX_VALUE));
    Task spinner = spinner(CpuShare.DEFAULT);
    simulate(10 * SECOND);
    habits.put(sleeper, time -> new Turn.Again());
    queue.wake(sleeper, now);
    had.put(spinner, 0L);
    simulate(100 * MILLISECOND);
    assertEquals(0.5, part(spinner, 100 * MILLISECOND), 0.05);
  }

  @Test
  void aWakeUpDuringASliceIsNotLost() {
    Task task = task(CpuShare.DEFAULT, time -> new Turn.Again());
    assertEquals(task, queue.next(0));
    queue.wake(task, 1);
    assertTrue(queue.ran(task, 0, 2, new Turn.Sleep(Long.MAX_VALUE)), "fell asleep");
    assertNull(queue.next(3), "runs twice");
  }

  @Test
  void sleepersAreWokenByTheirAlarmsInOrder() {
    List<Task> sleepers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sleepers.add(task(CpuShare.DEFAULT, time -> new Turn.Again()));
    }
    for (int i = 0; i < 20; i++) {
      Task task = queue.next(0);
      assertNotNull(task);
      queue.ran(task, 0, 0, new Turn.Sleep(1000 - 10 * task.number));
    }
    assertNull(queue.next(809));
    for (int i = 19; i >= 0; i--) {
      long alarm = queue.nextAlarm();
      assertEquals(1000 - 10 * i, alarm);
      assertEquals(sleepers.get(i), queue.next(alarm));
    }
  }

  @Test
  void whatIsOverNeverComesBack() {
    Task task = spinner(CpuShare.DEFAULT);
    assertEquals(task, queue.next(0));
    queue.ran(task, 0, 1, new Turn.Over());
    queue.wake(task, 2);
    assertNull(queue.next(Long.MAX_VALUE - 1));
  }

  /// Random habits, waking and time: nobody runs twice at once, and nobody who is ready starves.
  @Test
  void nobodyStarvesWhateverTheOthersDo() {
    Random random = new Random(4);
    Task watched = spinner(CpuShare.DEFAULT);
    List<Task> others = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      CpuShare share =
          new CpuShare(
              1 + random.nextInt(200), random.nextBoolean() ? 1 : 0.01 + random.nextDouble() * 0.9);
      others.add(
          task(
              share,
              time ->
                  switch (random.nextInt(3)) {
                    case 0 -> new Turn.Sleep(time + random.nextInt(5_000_000));
                    case 1 -> new Turn.Sleep(Long.MAX_VALUE);
                    default -> new Turn.Again();
                  }));
    }
    for (int i = 0; i < 2000; i++) {
      queue.wake(others.get(random.nextInt(30)), now);
      simulate(random.nextInt(2_000_000));
    }
    // Its fair part is 100 of at most 31 * 200.
    assertTrue(part(watched, now) > 0.015, "got " + part(watched, now));
  }

  @Test
  void whoIsHeldDoesNotRunAndKeepsItsTurnAndItsAlarm() {
    Task ready = spinner(CpuShare.DEFAULT);
    Task sleeper = task(CpuShare.DEFAULT, time -> new Turn.Sleep(time + SECOND));
    simulate(10 * MILLISECOND);
    while (running != ready) {
      simulate(MILLISECOND / 2);
    }
    assertTrue(queue.hold(sleeper));
    assertFalse(queue.hold(ready), "it runs");
    simulate(Scheduler.SLICE_NANOSECONDS);
    assertTrue(queue.hold(ready), "it was held after its slice");
    assertNull(queue.next(now + 2 * SECOND), "neither runs, ready or due");
    long alarm = sleeper.alarm;
    queue.letGo(sleeper, now);
    assertEquals(alarm, queue.nextAlarm());
    queue.letGo(ready, now);
    assertEquals(ready, queue.next(now));
  }

  @Test
  void whoIsWokenWhileItIsHeldRunsAfterwards() {
    Task sleeper = task(CpuShare.DEFAULT, time -> new Turn.Sleep(Long.MAX_VALUE));
    simulate(10 * MILLISECOND);
    assertTrue(queue.hold(sleeper));
    queue.wake(sleeper, now);
    assertNull(queue.next(now));
    queue.letGo(sleeper, now);
    assertEquals(sleeper, queue.next(now));
  }

  @Test
  void beingHeldLiftsNoLimitAndEndsNoRest() {
    Task limited = spinner(CpuShare.DEFAULT.withLimit(0.2));
    long end = now + SECOND;
    while (now < end) {
      if (queue.hold(limited)) {
        queue.wake(limited, now);
        queue.letGo(limited, now);
      }
      simulate(MILLISECOND);
    }
    assertEquals(0.2, part(limited, SECOND), 0.03);
    Task over = task(CpuShare.DEFAULT, time -> new Turn.Over());
    simulate(20 * MILLISECOND);
    assertFalse(queue.hold(over));
  }
}
