package hospes.host.guest;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalFormatException;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.formats.journal.JournalReader;
import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.journal.DigestedFile;
import hospes.storage.files.Reasons;
import hospes.storage.files.SharedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// An open journal at the snapshot from which it is replayed.
///
/// @param reader at the first item behind that
/// @param snapshot the file
record JournalStart(SharedFile file, JournalReader reader, Path snapshot) implements AutoCloseable {
  /// Opens a journal, and finds the snapshot.
  ///
  /// @param from the snapshot's name; empty for the one with which the journal begins
  /// @throws HostException where one of them is missing, damaged, or another
  static JournalStart open(Path journal, Optional<String> from) {
    if (!Files.isRegularFile(journal)) {
      throw new HostException("there is no journal %s".formatted(journal));
    }
    SharedFile file = null;
    try {
      file = SharedFile.toRead(journal);
      JournalReader reader = JournalReader.open(file);
      JournalStart start = new JournalStart(file, reader, find(journal, reader, from));
      file = null;
      return start;
    } catch (JournalFormatException e) {
      throw new HostException(
          "journal %s cannot be replayed: %s".formatted(journal, e.getMessage()), e);
    } catch (IOException e) {
      throw new HostException(
          "cannot read the journal %s: %s".formatted(journal, Reasons.of(e)), e);
    } finally {
      if (file != null) {
        closeQuietly(file);
      }
    }
  }

  /// Goes on to behind a snapshot. One that was written over is another one than that which the
  /// journal named first.
  private static Path find(Path journal, JournalReader reader, Optional<String> from)
      throws IOException {
    Optional<Path> named = Optional.empty();
    Optional<Digest> there = Optional.empty();
    for (Optional<SnapshotReference> at = reader.header().start();
        at.isPresent();
        at = from.isPresent() ? reader.nextSnapshot() : Optional.empty()) {
      String name = at.get().name();
      if (name.equals(from.orElse(name))) {
        Path snapshot = journal.resolveSibling(name);
        Digest digest = there.isPresent() ? there.get() : digest(snapshot);
        if (digest.equals(at.get().content())) {
          return snapshot;
        }
        named = Optional.of(snapshot);
        there = Optional.of(digest);
      }
    }
    throw new HostException(
        named.isPresent()
            ? "the snapshot %s is another one than that which belongs to the journal %s; put the right one beside it"
                .formatted(named.get(), journal)
            : "the journal %s knows no snapshot%s"
                .formatted(journal, from.map(name -> " named " + name).orElse("")));
  }

  private static Digest digest(Path snapshot) throws IOException {
    if (!Files.isRegularFile(snapshot)) {
      throw new HostException(
          "the snapshot %s is missing, at which the journal begins; put it beside it"
              .formatted(snapshot));
    }
    return DigestedFile.digest(snapshot);
  }

  /// Makes sure that a plan is of the machine that the journal was recorded on.
  ///
  /// @throws HostException where it is another
  void requireMachine(Plan plan) {
    try {
      reader.header().requireMachine(plan.kind().name());
      reader.header().requireIngredients(PlanParts.ingredients(plan));
    } catch (JournalFormatException other) {
      throw new HostException(String.valueOf(other.getMessage()), other);
    }
  }

  private static void closeQuietly(SharedFile file) {
    try {
      file.close();
    } catch (IOException ignored) {
      // it was only read
    }
  }

  @Override
  public void close() {
    closeQuietly(file);
  }
}
