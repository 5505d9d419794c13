package hospes.cli;

import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.Claim;
import hospes.guests.Start;
import hospes.host.guest.FileContent;
import hospes.host.guest.Kinds;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What can be said of a file at a glance.
final class FileFacts {
  static final String SNAPSHOT_MAGIC = "\u0089HSP";

  private FileFacts() {}

  /// The facts.
  ///
  /// @throws CommandFailure where the file cannot be read, or nothing is known of its kind
  /// @throws SnapshotFileException where it is a damaged snapshot
  static Facts of(Path file) throws CommandFailure, SnapshotFileException {
    byte[] first = InputFile.start(file, "file", SNAPSHOT_MAGIC.length());
    if (new String(first, StandardCharsets.ISO_8859_1).equals(SNAPSHOT_MAGIC)) {
      return ofSnapshot(file);
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
