package hospes.host.journal;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalHeader;
import hospes.formats.journal.JournalItem;
import hospes.formats.journal.JournalWriter;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.Machine;
import hospes.machine.Payload;
import hospes.machine.PayloadRecord;
import hospes.machine.Reply;
import hospes.machine.Snapshot;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What enters one machine, on its way to a journal.
///
/// The guest's thread hands over what is delivered; another one writes it, twice a second, so that
/// a killed host loses no more than that. While the snapshot is written with which the recording
/// begins, or one to which it refers, what is delivered waits, the end of the recording included;
/// whoever writes the snapshot then writes that too.
public final class Recording {
  /// What waits at most for a snapshot to be written, about.
  private static final long MOST_WAITING_BYTES = 64 << 20;

  /// What an item takes in memory besides its payload, about.
  private static final int ITEM_BYTES = 64;

  /// What is delivered waits for.
  private enum Waiting {
    /// The snapshot with which it begins.
    FOR_START,
    /// One taken later.
    FOR_SNAPSHOT,
    /// Nothing.
    NOT
  }

  private final JournalFile file;
  private final Machine machine;
  private final Consumer<String> failed;
  private final ArrayDeque<JournalItem> items = new ArrayDeque<>();
  private long itemBytes;
  private Waiting waiting = Waiting.FOR_START;
  private @Nullable JournalWriter writer;
  private List<DiskWatch> disks = List.of();

  /// Nothing is added any more.
  private boolean over;

  private boolean closed;
  private Optional<String> failure = Optional.empty();
  private boolean told;
  private volatile long reached;

  /// A recording that begins now, on the machine's thread; nothing is written before [#open].
  ///
  /// @param file is this recording's from now on
  /// @param failed is told, once, why the journal ends early; on any thread
  public Recording(JournalFile file, Machine machine, Consumer<String> failed) {
    this.file = file;
    this.machine = machine;
    this.failed = failed;
  }

  /// The journal.
  public Path file() {
    return file.path();
  }

  /// Begins to take what is delivered, and what fails.
  public void begin(List<DiskWatch> watched) {
    disks = watched;
    reached = machine.instructions();
    machine.inbox().recordTo(this::delivered);
    for (int i = 0; i < disks.size(); i++) {
      int disk = i;
      disks.get(i).record((operation, why) -> diskFailed(disk, operation, why));
    }
  }

  /// Writes the beginning, and what was delivered since.
  ///
  /// @throws IOException where the file cannot be written; the recording is over then
  public void open(JournalHeader header) throws IOException {
    boolean opened = false;
    try {
      synchronized (this) {
        if (failure.isPresent()) {
          throw new IOException(failure.get());
        }
        file.begin();
        writer = JournalWriter.start(file, header);
        writeWaiting();
        opened = true;
        if (!closed) {
          JournalKeeper.add(this);
        }
      }
    } finally {
      if (!opened) {
        abandon();
      }
    }
    tellFailure();
  }

  /// There is to be no recording after all.
  public synchronized void abandon() {
    over = true;
    items.clear();
    told = true; // who abandons it knows why
    close();
    file.abandon();
  }

  private void delivered(Inbox.Entry entry) {
    Delivery delivery = entry.delivery();
    add(
        new JournalItem.Entry(
            entry.instructions(),
            delivery.to().text(),
            delivery.request(),
            PayloadRecord.kind(delivery.what()),
            PayloadRecord.bytes(delivery.what()).clone()));
  }

  private void diskFailed(int disk, long operation, IOException why) {
    add(entry(disk, operation, new Reply.Refused(Reply.Problem.HOST_ERROR, Reasons.of(why))));
  }

  private JournalItem entry(int disk, long operation, Reply reply) {
    Payload answer = new Payload.Answered(reply);
    return new JournalItem.Entry(
        machine.instructions(),
        DiskPorts.name(disk),
        operation,
        PayloadRecord.kind(answer),
        PayloadRecord.bytes(answer));
  }

  /// Writes down what state the machine is in; on its thread.
  public void checkpoint() {
    add(new JournalItem.Checkpoint(machine.instructions(), hash(machine)));
  }

  /// The machine came this far; on its thread.
  public void progress() {
    reached = machine.instructions();
  }

  static Digest hash(Machine machine) {
    return new Digest(Snapshot.hash(machine));
  }

  /// A snapshot of this moment begins to be written; what is delivered waits until [#snapshot].
  public synchronized void hold() {
    if (!over) {
      waiting = Waiting.FOR_SNAPSHOT;
      items.addAll(operations());
    }
  }

  /// How many operations there were of each disk, for a replay that starts now.
  private List<JournalItem> operations() {
    List<JournalItem> counts = new ArrayList<>();
    for (int i = 0; i < disks.size(); i++) {
      counts.add(entry(i, disks.get(i).operations(), new Reply.Done()));
    }
    return counts;
  }

  /// The snapshot of a moment is written, from which a replay may start.
  ///
  /// @param content empty where there is none after all
  public void snapshot(long instructions, String name, Optional<Digest> content) {
    synchronized (this) {
      if (waiting == Waiting.FOR_SNAPSHOT) { // or too much came meanwhile
        content.ifPresent(
            digest ->
                items.addFirst(new JournalItem.SnapshotReference(instructions, name, digest)));
        writeWaiting();
      }
    }
    tellFailure();
  }

  private void add(JournalItem item) {
    synchronized (this) {
      if (over || failure.isPresent()) {
        return;
      }
      JournalWriter to = writer;
      if (waiting == Waiting.NOT && to != null) {
        append(to, item);
      } else {
        items.add(item);
        itemBytes += ITEM_BYTES + (item instanceof JournalItem.Entry e ? e.payload().length : 0);
        boundWaiting();
      }
    }
    tellFailure();
  }

  private void boundWaiting() {
    if (itemBytes <= MOST_WAITING_BYTES) {
      return;
    }
    switch (waiting) {
      case FOR_START -> {
        failure =
            Optional.of("too much came in before the snapshot was written that it begins with");
        items.clear();
      }
      case FOR_SNAPSHOT -> writeWaiting(); // the snapshot is none to start from
      case NOT -> {}
    }
  }

  private void writeWaiting() {
    waiting = Waiting.NOT;
    itemBytes = 0;
    JournalWriter to = writer;
    if (to != null) {
      for (JournalItem item = items.poll(); item != null; item = items.poll()) {
        append(to, item);
      }
    }
    if (over) {
      flushNow();
      close();
    }
  }

  private void append(JournalWriter to, JournalItem item) {
    attempt(() -> to.append(item));
  }

  private interface Writing {
    void run() throws IOException;
  }

  /// What goes wrong ends the recording, and not the guest.
  private void attempt(Writing writing) {
    if (failure.isPresent()) {
      return;
    }
    try {
      writing.run();
    } catch (IOException e) {
      failure = Optional.of(Reasons.of(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      failure = Optional.of(String.valueOf(e));
    }
  }

  /// Writes what was delivered, or else how far the machine came.
  void flush() {
    synchronized (this) {
      if (!over && waiting == Waiting.NOT) {
        flushNow();
      }
    }
    tellFailure();
  }

  private void flushNow() {
    JournalWriter to = writer;
    if (to == null) {
      return;
    }
    long progress = reached;
    attempt(
        () -> {
          to.flushBlock();
          if (!over && progress > to.instructions()) {
            to.append(new JournalItem.Progress(progress));
          }
        });
  }

  /// Ends the recording; on the machine's thread, or when it runs no more.
  ///
  /// @param reason for people
  public void end(String reason) {
    if (isOver()) {
      return;
    }
    machine.inbox().recordTo(entry -> {});
    disks.forEach(DiskWatch::forget);
    Optional<String> unreadable = Optional.empty();
    try {
      add(new JournalItem.End(machine.instructions(), reason, hash(machine)));
    } catch (RuntimeException | OutOfMemoryError why) {
      unreadable = Optional.of("the guest's last state cannot be read: " + why);
    }
    synchronized (this) {
      over = true;
      if (waiting == Waiting.NOT || waiting == Waiting.FOR_SNAPSHOT && unreadable.isPresent()) {
        writeWaiting();
      }
      failure = failure.isPresent() ? failure : unreadable;
    }
    tellFailure();
  }

  /// Whether nothing more is taken.
  public synchronized boolean isOver() {
    return over;
  }

  private void close() {
    if (!closed) {
      closed = true;
      JournalKeeper.remove(this);
      try {
        file.close();
      } catch (IOException e) {
        failure = failure.or(() -> Optional.of(Reasons.of(e)));
      }
    }
  }

  /// Not under the lock, for whoever is told may take others.
  private void tellFailure() {
    Optional<String> news = Optional.empty();
    synchronized (this) {
      if (!told && failure.isPresent() && writer != null) {
        told = true;
        over = true;
        items.clear();
        close();
        news = failure;
      }
    }
    news.ifPresent(
        why -> failed.accept("the recording %s ends early: %s".formatted(file.path(), why)));
  }
}
