package hospes.machine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// The only door through which the outside world reaches a machine.
///
/// What is posted is delivered when the machine is next run, before its next instruction; what was
/// delivered, and at which instruction count, goes to the journal. A journal that is scheduled into
/// the inbox of an equal machine is delivered at exactly the same counts, and in the same order,
// and
/// so repeats the run: what is due at one count is handed over in the order of its arrival here.
/// Belongs to the thread that runs the machine.
public final class Inbox {
  /// What arrived, and at which instruction count.
  public record Entry(long instructions, Delivery delivery) {}

  /// @param arrival counts what came into this inbox
  private record Scheduled(Entry entry, long arrival) {
    long instructions() {
      return entry.instructions();
    }
  }

  /// @param arrival counts what came into this inbox
  private record Posted(Delivery delivery, long arrival) {}

  private final ArrayDeque<Posted> posted = new ArrayDeque<>();
  private final PriorityQueue<Scheduled> scheduled =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::instructions).thenComparingLong(Scheduled::arrival));
  private long arrivals;
  private Consumer<Entry> journal = entry -> {};

  /// Sets who writes down what is delivered.
  public void recordTo(Consumer<Entry> newJournal) {
    journal = newJournal;
  }

  /// Delivers something as soon as the machine runs on.
  public void post(Delivery delivery) {
    posted.add(new Posted(delivery, arrivals++));
  }

  /// Delivers something recorded at its own instruction count.
  public void schedule(Entry entry) {
    scheduled.add(new Scheduled(entry, arrivals++));
  }

  /// The instruction count of what is scheduled next, at which a machine must look into the inbox;
  /// [Long#MAX_VALUE] where nothing is.
  public long nextScheduled() {
    Scheduled next = scheduled.peek();
    return next == null ? Long.MAX_VALUE : next.instructions();
  }

  /// Whether anything is due at this instruction count.
  public boolean hasMail(long instructions) {
    return !posted.isEmpty() || nextScheduled() <= instructions;
  }

  /// Hands over all that is due at this instruction count.
  public void deliver(long instructions, Consumer<Delivery> machine) {
    while (hasMail(instructions)) {
      deliverNext(instructions, machine);
    }
  }

  /// Hands over the next of what is due at this instruction count; there must be something.
  public void deliverNext(long instructions, Consumer<Delivery> machine) {
    Delivery next = isScheduledNext(instructions) ? takeScheduled() : posted.remove().delivery();
    journal.accept(new Entry(instructions, next));
    machine.accept(next);
  }

  private boolean isScheduledNext(long now) {
    Scheduled first = scheduled.peek();
    if (first == null || first.instructions() > now) {
      return false;
    }
    Posted other = posted.peek();
    return other == null || first.instructions() < now || first.arrival() < other.arrival();
  }

  private Delivery takeScheduled() {
    return scheduled.remove().entry().delivery();
  }
}
