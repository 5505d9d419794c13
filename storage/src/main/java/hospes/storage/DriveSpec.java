package hospes.storage;

import java.nio.file.Path;
import java.util.Optional;

/// A drive as the user wants it.
///
/// @param format empty: what the file says it is
/// @param writes where the guest's writes go
public record DriveSpec(
    Path file, DriveAccess access, Optional<DriveFormat> format, Writes writes) {
  /// Where a guest's writes go.
  public enum Writes {
    /// To the file.
    KEPT,
    /// To a temporary overlay, which is gone with the guest. The file is only read, so that any
    /// number of guests may do this with it at once.
    THROWN_AWAY
  }

  /// A drive that the guest reads and writes.
  public static DriveSpec of(Path file) {
    return new DriveSpec(file, DriveAccess.READ_WRITE, Optional.empty(), Writes.KEPT);
  }

  /// Whether what the guest writes stays.
  boolean isKept() {
    return access == DriveAccess.READ_WRITE && writes == Writes.KEPT;
  }

  /// The same, of this format whatever the file says.
  public DriveSpec withFormat(DriveFormat known) {
    return new DriveSpec(file, access, Optional.of(known), writes);
  }

  /// The same, only to be read.
  public DriveSpec readOnly() {
    return new DriveSpec(file, DriveAccess.READ_ONLY, format, writes);
  }

  /// The same, with writes that are thrown away.
  public DriveSpec throwingWritesAway() {
    return new DriveSpec(file, access, format, Writes.THROWN_AWAY);
  }
}
