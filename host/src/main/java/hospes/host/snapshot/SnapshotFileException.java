package hospes.host.snapshot;

import hospes.formats.snapshot.SnapshotFormatException;
import java.util.Optional;

/// A snapshot file that cannot be written or used; the message tells the user why and what to do.
public final class SnapshotFileException extends Exception {
  private static final long serialVersionUID = 1;

  /// A reason for the user, and what showed it.
  public SnapshotFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What is wrong with the file's content; empty where something else failed.
  public Optional<SnapshotFormatException.Problem> problem() {
    return getCause() instanceof SnapshotFormatException content
        ? Optional.of(content.problem())
        : Optional.empty();
  }
}
