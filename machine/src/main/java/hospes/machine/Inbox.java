package hospes.machine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// The only door through which the outside world reaches a machine.
///
/// A posted message is delivered when the machine is next run, before its next instruction; what
/// was delivered, and at which instruction count, goes to the journal. A journal that is scheduled
/// into the inbox of an equal machine is delivered at exactly the same counts and so repeats the
/// run. Belongs to the thread that runs the machine.
public final class Inbox {
  /// What arrived, and at which instruction count.
  public record Entry(long instructions, Message message) {}

  private final ArrayDeque<Message> posted = new ArrayDeque<>();
  private final PriorityQueue<Entry> scheduled =
      new PriorityQueue<>(Comparator.comparingLong(Entry::instructions));
  private Consumer<Entry> journal = entry -> {};

  /// Sets who writes down what is delivered.
  public void recordTo(Consumer<Entry> newJournal) {
    journal = newJournal;
  }

  /// Delivers a message as soon as the machine runs on.
  public void post(Message message) {
    posted.add(message);
  }

  /// Delivers a recorded message at its own instruction count.
  public void schedule(Entry entry) {
    scheduled.add(entry);
  }

  /// The instruction count of the next scheduled message, at which a machine must look into the
  /// inbox; [Long#MAX_VALUE] where there is none.
  public long nextScheduled() {
    Entry next = scheduled.peek();
    return next == null ? Long.MAX_VALUE : next.instructions();
  }

  /// Whether anything is due at this instruction count.
  public boolean hasMail(long instructions) {
    return !posted.isEmpty() || nextScheduled() <= instructions;
  }

  /// Hands over all that is due at this instruction count.
  public void deliver(long instructions, Consumer<Message> machine) {
    while (nextScheduled() <= instructions) {
      hand(instructions, scheduled.remove().message(), machine);
    }
    Message message;
    while ((message = posted.poll()) != null) {
      hand(instructions, message, machine);
    }
  }

  private void hand(long instructions, Message message, Consumer<Message> machine) {
    journal.accept(new Entry(instructions, message));
    machine.accept(message);
  }
}
