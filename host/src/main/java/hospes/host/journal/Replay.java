package hospes.host.journal;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalItem;
import hospes.formats.journal.JournalReader;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.Machine;
import hospes.machine.Payload;
import hospes.machine.PayloadRecord;
import hospes.machine.PortName;
import hospes.machine.Reply;
import hospes.machine.SnapshotException;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Hands a machine what a journal says that was delivered, at the same instruction counts.
///
/// Belongs to the thread that runs the machine.
public final class Replay {
  /// Whether states are compared on the way.
  public enum Verification {
    /// Wherever the journal tells a state's hash.
    CHECKPOINTS,
    /// Nowhere.
    NONE
  }

  /// Deliveries that are scheduled ahead at most.
  private static final int AHEAD = 4096;

  private final JournalReader journal;
  private final List<DiskWatch> disks;
  private final long until;
  private final Verification verification;
  private @Nullable JournalItem next;
  private boolean atEnd;
  private int scheduled;
  private long lastScheduled;
  private boolean isAtStart = true;
  private long checked;
  private Optional<String> ending = Optional.empty();

  /// @param journal at its first item that the machine has not seen
  /// @param until the instruction count at which the replay ends; [Long#MAX_VALUE] for its end
  public Replay(
      JournalReader journal, List<DiskWatch> disks, long until, Verification verification) {
    this.journal = journal;
    this.disks = disks;
    this.until = until;
    this.verification = verification;
    disks.forEach(DiskWatch::replay);
  }

  /// Schedules what comes next, and tells up to which instruction count the machine may go.
  ///
  /// @throws ReplayException where the journal is damaged, or the machine is in another state than
  /// when it was recorded
  public long feed(Machine machine) throws ReplayException {
    long now = machine.instructions();
    requireDisks();
    if (machine.inbox().nextScheduled() == Long.MAX_VALUE) {
      scheduled = 0;
    }
    while (ending.isEmpty() && scheduled < AHEAD) {
      Optional<JournalItem> item = peek();
      if (item.isEmpty()) {
        return endOfJournal(machine);
      }
      long at = item.get().instructions();
      if (at < now) {
        throw new ReplayException(
            "the machine is at instruction %d, but the journal goes on at %d: it is another run"
                .formatted(now, at));
      }
      if (at > until) {
        return upTo(until, machine);
      }
      if (!take(item.get(), at == now && !machine.inbox().hasMail(now), machine)) {
        return at;
      }
      isAtStart &=
          item.get() instanceof JournalItem.Entry entry
              && DiskPorts.number(entry.port()).isPresent();
      next = null;
    }
    return Math.max(now, lastScheduled);
  }

  /// Nothing more is due up to `end`, from which the replay does not go on.
  private long upTo(long end, Machine machine) {
    long now = machine.instructions();
    if (now >= end && !machine.inbox().hasMail(now)) {
      ending = Optional.of("as far as was asked for");
    }
    return Math.max(now, end);
  }

  /// What disks do is as it was.
  private void requireDisks() throws ReplayException {
    for (DiskWatch disk : disks) {
      Optional<IOException> now = disk.unexpected();
      if (now.isPresent()) {
        throw new ReplayException(
            "a disk fails that did not when it was recorded: " + Reasons.of(now.get()), now.get());
      }
    }
  }

  /// All that was recorded is scheduled: the replay ends behind the last of it.
  private long endOfJournal(Machine machine) {
    long now = machine.instructions();
    boolean allDelivered = machine.inbox().nextScheduled() == Long.MAX_VALUE;
    if (allDelivered && !machine.inbox().hasMail(now)) {
      ending = Optional.of("the journal ends here, unfinished");
    }
    return Math.max(now, lastScheduled);
  }

  /// Deals with an item; false where the machine must come to it first.
  private boolean take(JournalItem item, boolean isHere, Machine machine) throws ReplayException {
    return switch (item) {
      case JournalItem.Entry entry -> {
        OptionalInt disk = DiskPorts.number(entry.port());
        if (disk.isEmpty()) {
          machine.inbox().schedule(new Inbox.Entry(entry.instructions(), delivery(entry)));
          scheduled++;
          lastScheduled = entry.instructions();
          yield true;
        }
        tellDisk(disk.getAsInt(), entry, isHere && isAtStart);
        yield true;
      }
      case JournalItem.Checkpoint(long at, Digest state) -> {
        if (isHere) {
          compare(at, state, machine);
        }
        yield isHere;
      }
      case JournalItem.SnapshotReference _ -> true;
      case JournalItem.Progress _ -> isHere;
      case JournalItem.End(long at, String reason, Digest state) -> {
        if (isHere) {
          compare(at, state, machine);
          ending = Optional.of(reason);
        }
        yield isHere;
      }
    };
  }

  private static Delivery delivery(JournalItem.Entry entry) throws ReplayException {
    if (!PortName.isName(entry.port())) {
      throw new ReplayException("the journal is damaged: it names a port that cannot be");
    }
    try {
      return new Delivery(
          new PortName(entry.port()),
          entry.request(),
          PayloadRecord.of(entry.kind(), entry.payload()));
    } catch (SnapshotException damaged) {
      throw new ReplayException("the journal is damaged: " + damaged.getMessage(), damaged);
    }
  }

  /// Tells a disk which operation is to fail, ahead of that; or how many there were before the
  /// snapshot at which the replay starts.
  private void tellDisk(int number, JournalItem.Entry entry, boolean isFirst)
      throws ReplayException {
    if (number >= disks.size()) {
      throw new ReplayException("the journal is damaged: it names a disk that the guest has not");
    }
    DiskWatch disk = disks.get(number);
    if (delivery(entry).what() instanceof Payload.Answered(Reply.Refused(var _, String why))) {
      disk.failAt(entry.request(), why);
    } else if (isFirst) {
      disk.startAt(entry.request());
    }
  }

  private void compare(long at, Digest recorded, Machine machine) throws ReplayException {
    if (verification == Verification.CHECKPOINTS) {
      Digest now = Recording.hash(machine);
      if (!now.equals(recorded)) {
        throw new ReplayException(
            "the machine's state at instruction %d is %s, but %s was recorded: it is another run"
                .formatted(at, now.hex(), recorded.hex()));
      }
      checked++;
    }
  }

  private Optional<JournalItem> peek() throws ReplayException {
    try {
      if (next == null && !atEnd) {
        Optional<JournalItem> read = journal.next();
        atEnd = read.isEmpty();
        next = read.orElse(null);
      }
    } catch (IOException e) {
      throw new ReplayException("the journal cannot be read on: " + Reasons.of(e), e);
    }
    return Optional.ofNullable(next);
  }

  /// How the recording ended, once the replay came there.
  public Optional<String> ending() {
    return ending;
  }

  /// How many states were compared, and found to be equal.
  public long checked() {
    return checked;
  }
}
