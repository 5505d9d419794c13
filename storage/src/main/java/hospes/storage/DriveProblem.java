package hospes.storage;

import java.nio.file.Path;

/// Why a drive cannot be used as it was asked for.
///
/// Those with a type of their own have a way out by asking for the drive in another way, which
/// whoever talks to the user words: we do not know how users ask for drives.
public sealed interface DriveProblem {
  /// What is wrong, and what the user can do about it apart from asking in another way.
  String message();

  /// Something that the message says all of.
  record Unusable(String message) implements DriveProblem {}

  /// Another guest writes it, or reads it where it was to be written. A guest whose writes are
  /// [thrown away][DriveSpec.Writes#THROWN_AWAY] can share it with others of its kind.
  record InUse(Path file) implements DriveProblem {
    @Override
    public String message() {
      return "drive %s is in use by another guest; end that one, or give each guest its own copy"
          .formatted(file);
    }
  }

  /// The user may only read it.
  record NotWritable(Path file) implements DriveProblem {
    @Override
    public String message() {
      return "drive %s may not be written by you; allow it".formatted(file);
    }
  }

  /// It could not be opened for writing. Perhaps it can be read.
  record NotOpened(Path file, String reason) implements DriveProblem {
    @Override
    public String message() {
      return "drive %s cannot be opened: %s".formatted(file, reason);
    }
  }

  /// Its name says raw and its content says qcow2: the format must be given.
  record FormatUnclear(Path file) implements DriveProblem {
    @Override
    public String message() {
      return "drive %s is named raw and begins like a qcow2 image; say which it is".formatted(file);
    }
  }

  /// It cannot be frozen where it is. Drives that are only read, and those whose writes are thrown
  /// away, can be forked anywhere.
  record NotForked(Path file, String reason) implements DriveProblem {
    @Override
    public String message() {
      return "drive %s cannot be forked: %s".formatted(file, reason);
    }
  }

  /// What the guest wrote goes with it, so no snapshot can name it.
  record NotKept(Path file) implements DriveProblem {
    @Override
    public String message() {
      return "a guest whose writes to the drive %s are thrown away cannot be saved".formatted(file);
    }
  }
}
