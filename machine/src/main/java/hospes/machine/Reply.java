package hospes.machine;

import java.util.List;

/// What became of what a machine [asked][Ask] for.
public sealed interface Reply {
  /// It is done.
  record Done() implements Reply {}

  /// A handle.
  record Opened(long handle) implements Reply {}

  /// Bytes that were asked for.
  record Content(byte[] bytes) implements Reply {}

  /// What a path leads to.
  ///
  /// @param size in bytes
  record Facts(Kind kind, long size) implements Reply {}

  /// Names in a folder, sorted.
  record Names(List<String> names) implements Reply {
    /// A copy.
    public Names {
      names = List.copyOf(names);
    }
  }

  /// It was not done.
  ///
  /// @param text why, as the end of a sentence that says what failed; for the user
  record Refused(Problem problem, String text) implements Reply {}

  /// What a path leads to.
  enum Kind {
    /// A file with content.
    FILE,
    /// A folder.
    FOLDER,
    /// A link, a device, a pipe: nothing that a port gives.
    OTHER
  }

  /// Why something was not done.
  enum Problem {
    /// There is no such thing.
    NOT_FOUND,
    /// There is one already.
    EXISTS,
    /// The port's owner does not let it.
    NOT_ALLOWED,
    /// It has another kind, or a name that nothing can have.
    WRONG_KIND,
    /// It is larger than the port lets.
    TOO_LARGE,
    /// The host's disk is full.
    NO_SPACE,
    /// The host failed.
    HOST_ERROR,
    /// The port does not do such things.
    NOT_SERVED,
    /// It was under way when the machine was saved, and cannot be asked again.
    LOST
  }
}
