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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What enters one machine, on its way to a journal.
///
/// The guest's thread hands over what is delivered; another one writes it, twice a second, so that
// a
/// killed host loses no more than that. While the snapshot is written with which the recording
/// begins, or one to which it refers, what is delivered waits.
public final class Recording {
  private final Path file;
  private final Machine machine;
  private final List<JournalItem> waiting = new ArrayList<>();
  private @Nullable OutputStream out;
  private @Nullable JournalWriter writer;
  private boolean held = true;
  private boolean over;
  private Optional<String> failure = Optional.empty();

  /// A recording that begins now; nothing is written before [#open].
  public Recording(Path file, Machine machine) {
    this.file = file;
    this.machine = machine;
    machine.inbox().recordTo(this::delivered);
  }

  /// The journal.
  public Path file() {
    return file;
  }

  /// Writes the beginning, and what was delivered since.
  ///
  /// @throws IOException where the file cannot be written
  public void open(JournalHeader header) throws IOException {
    synchronized (this) {
      OutputStream opened = Files.newOutputStream(file);
      out = opened;
      try {
        writer = JournalWriter.start(opened, header);
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      letGo();
    }
    JournalKeeper.add(this);
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

  /// A disk failed.
  ///
  /// @param disk its number
  void diskFailed(int disk, long operation, IOException why) {
    Payload failed =
        new Payload.Answered(new Reply.Refused(Reply.Problem.HOST_ERROR, Reasons.of(why)));
    add(
        new JournalItem.Entry(
            machine.instructions(),
            DiskPorts.name(disk),
            operation,
            PayloadRecord.kind(failed),
            PayloadRecord.bytes(failed)));
  }

  /// Watches the machine's disks.
  public void watch(List<DiskWatch> disks) {
    for (int i = 0; i < disks.size(); i++) {
      int number = i;
      disks.get(i).begin((operation, why) -> diskFailed(number, operation, why));
    }
  }

  /// Writes down what state the machine is in; on its thread.
  public void checkpoint() {
    add(new JournalItem.Checkpoint(machine.instructions(), hash(machine)));
  }

  static Digest hash(Machine machine) {
    return new Digest(Snapshot.hash(machine));
  }

  /// A snapshot of this moment begins to be written; what is delivered waits until [#snapshot].
  public synchronized void hold() {
    held = true;
  }

  /// The snapshot of a moment is written, from which a replay may start.
  ///
  /// @param content empty where there is none after all
  public synchronized void snapshot(long instructions, String name, Optional<Digest> content) {
    content.ifPresent(
        digest -> waiting.addFirst(new JournalItem.SnapshotReference(instructions, name, digest)));
    letGo();
  }

  private synchronized void add(JournalItem item) {
    if (over || failure.isPresent()) {
      return;
    }
    JournalWriter to = writer;
    if (held || to == null) {
      waiting.add(item);
    } else {
      append(to, item);
    }
  }

  private void letGo() {
    held = false;
    JournalWriter to = writer;
    if (to != null) {
      waiting.forEach(item -> append(to, item));
      waiting.clear();
    }
  }

  private void append(JournalWriter to, JournalItem item) {
    if (failure.isEmpty()) {
      try {
        to.append(item);
      } catch (IOException e) {
        failure = Optional.of(Reasons.of(e));
      }
    }
  }

  /// Writes what was delivered.
  synchronized void flush() {
    JournalWriter to = writer;
    if (to != null && !over && failure.isEmpty() && to.hasUnwritten()) {
      try {
        to.flushBlock();
      } catch (IOException e) {
        failure = Optional.of(Reasons.of(e));
      }
    }
  }

  /// Ends the recording; on the machine's thread, or when it runs no more.
  ///
  /// @param reason for people
  public void end(String reason) {
    if (isOver()) {
      return;
    }
    machine.inbox().recordTo(entry -> {});
    Digest state = hash(machine);
    synchronized (this) {
      letGo();
      add(new JournalItem.End(machine.instructions(), reason, state));
      flush();
      over = true;
      close();
    }
    JournalKeeper.remove(this);
  }

  private synchronized boolean isOver() {
    return over;
  }

  private void close() {
    try {
      OutputStream opened = out;
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(Reasons.of(e)));
    }
  }

  /// Why the journal ends early, for the user; empty where it does not.
  public synchronized Optional<String> failure() {
    return failure.map(why -> "the recording %s ends early: %s".formatted(file, why));
  }
}
