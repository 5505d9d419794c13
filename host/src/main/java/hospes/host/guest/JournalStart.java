package hospes.host.guest;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalFormatException;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.formats.journal.JournalReader;
import hospes.host.HostException;
import hospes.host.journal.DigestedFile;
import hospes.storage.files.Reasons;
import hospes.storage.files.SharedFile;
import java.io.IOException;
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
    SharedFile file = null;
    try {
      file = SharedFile.toRead(journal);
      JournalReader reader = JournalReader.open(file);
      SnapshotReference at = find(journal, reader, from);
      Path snapshot = journal.resolveSibling(at.name());
      Digest there = DigestedFile.digest(snapshot);
      if (!there.equals(at.content())) {
        throw new HostException(
            "the snapshot %s is another one than the journal %s begins with; put the right one beside it"
                .formatted(snapshot, journal));
      }
      JournalStart start = new JournalStart(file, reader, snapshot);
      file = null;
      return start;
    } catch (JournalFormatException e) {
      throw new HostException(
          "journal %s cannot be replayed: %s".formatted(journal, e.getMessage()), e);
    } catch (IOException e) {
      throw new HostException(
          "cannot replay the journal %s: %s".formatted(journal, Reasons.of(e)), e);
    } finally {
      if (file != null) {
        closeQuietly(file);
      }
    }
  }

  private static SnapshotReference find(Path journal, JournalReader reader, Optional<String> from)
      throws IOException {
    Optional<SnapshotReference> at = reader.header().start();
    while (from.isPresent() && at.isPresent() && !at.get().name().equals(from.get())) {
      at = reader.nextSnapshot();
    }
    return at.orElseThrow(
        () ->
            new HostException(
                "the journal %s knows no snapshot%s"
                    .formatted(journal, from.map(name -> " named " + name).orElse(""))));
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
