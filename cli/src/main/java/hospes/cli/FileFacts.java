package hospes.cli;

import hospes.formats.journal.JournalHeader;
import hospes.formats.journal.JournalReader;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.Claim;
import hospes.guests.Start;
import hospes.host.guest.FileContent;
import hospes.host.guest.Kinds;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.storage.files.Reasons;
import hospes.storage.files.SharedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What can be said of a file at a glance.
final class FileFacts {
  static final String SNAPSHOT_MAGIC = "\u0089HSP";
  static final String JOURNAL_MAGIC = "\u0089HSJ";

  private FileFacts() {}

  /// The facts.
  ///
  /// @throws CommandFailure where the file cannot be read, or nothing is known of its kind
  /// @throws SnapshotFileException where it is a damaged snapshot
  static Facts of(Path file) throws CommandFailure, SnapshotFileException {
    String first =
        new String(
            InputFile.start(file, "file", SNAPSHOT_MAGIC.length()), StandardCharsets.ISO_8859_1);
    if (first.equals(SNAPSHOT_MAGIC)) {
      return ofSnapshot(file);
    }
    if (first.equals(JOURNAL_MAGIC)) {
      return ofJournal(file);
    }
    Start start = new Start(String.valueOf(file.getFileName()), FileContent.of(file, "file"));
    Optional<Kinds.Claimed> claimed = Kinds.recognise(start);
    if (claimed.isEmpty()) {
      throw new CommandFailure("%s %s".formatted(file, ForeignFiles.judge(start.content())));
    }
    Map<String, String> known = claimed.get().kind().facts(start);
    if (known.isEmpty() && claimed.get().claim() instanceof Claim.Unusable(var _, var problem)) {
      throw new CommandFailure("%s %s".formatted(file, Refusals.words(problem)));
    }
    Facts facts = new Facts();
    known.forEach(facts::add);
    return facts;
  }

  private static Facts ofJournal(Path file) throws CommandFailure {
    try (SharedFile content = SharedFile.toRead(file)) {
      JournalHeader header = JournalReader.open(content).header();
      Facts facts =
          new Facts()
              .add("kind", "a recording of a guest: hospes replay")
              .add("guest", header.guest())
              .add("machine", header.machine())
              .add("written by", "Hospes " + header.hospesVersion())
              .add("begins at", "instruction " + header.firstInstruction());
      header.start().ifPresent(start -> facts.add("snapshot", start.name()));
      header
          .ingredients()
          .forEach(
              needed ->
                  facts.add(
                      needed.name(),
                      "%d bytes, SHA-256 %s".formatted(needed.size(), needed.content().hex())));
      return facts;
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static Facts ofSnapshot(Path file) throws SnapshotFileException {
    try (SnapshotFile snapshot = SnapshotFile.open(file)) {
      SnapshotHeader header = snapshot.header();
      return new Facts()
          .add("kind", "a snapshot of a guest: hospes restore")
          .add("guest", header.guest())
          .add("machine", header.machine())
          .add("harts", String.valueOf(header.harts()))
          .add("memory", Sizes.of(header.memoryBytes()))
          .add("drives", String.valueOf(snapshot.drives().size()))
          .add("written by", "Hospes " + header.hospesVersion());
    }
  }
}
