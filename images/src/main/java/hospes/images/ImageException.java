package hospes.images;

import java.util.Objects;
import java.util.Optional;

/// An image cannot be had. The message is meant for the user: it says what happened, and what to do
/// where that takes no words of a command line; [#remedy] says what does.
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why, for those who act on it.
  public enum Reason {
    /// The catalogue has no image of that name.
    UNKNOWN_IMAGE,
    /// No mirror was named, and none was found.
    NO_MIRROR,
    /// The mirror's address cannot be used, or it does not hold what a mirror of the Debian archive
    /// holds.
    BAD_MIRROR,
    /// The mirror cannot be reached: the machine is offline, or the mirror is down.
    UNREACHABLE,
    /// The keys that sign the archive are not installed, or cannot be read.
    NO_KEYRING,
    /// The archive's index is not signed by a key of the keyring.
    BAD_SIGNATURE,
    /// The archive's index is signed, but too old to be trusted.
    EXPIRED,
    /// A file is not what the signed index says that it is.
    HASH_MISMATCH,
    /// The archive lacks a package.
    PACKAGE_MISSING,
    /// A verified file does not contain what is expected.
    MALFORMED,
    /// The cache cannot be read or written.
    CACHE,
    /// The cache's file system is full.
    DISK_FULL,
    /// The thread was interrupted.
    INTERRUPTED
  }

  /// What the user may do about it.
  public enum Remedy {
    /// Name a mirror of the Debian archive.
    NAME_MIRROR,
    /// Name another mirror than the one that was used.
    OTHER_MIRROR
  }

  private final Reason reason;
  private final Optional<Remedy> remedy;

  ImageException(Reason reason, String message) {
    this(reason, message, Optional.empty());
  }

  ImageException(Reason reason, String message, Remedy remedy) {
    this(reason, message, Optional.of(remedy));
  }

  private ImageException(Reason reason, String message, Optional<Remedy> remedy) {
    super(message);
    this.reason = reason;
    this.remedy = remedy;
  }

  ImageException(Reason reason, String message, Throwable cause) {
    this(reason, message, Optional.empty(), cause);
  }

  ImageException(Reason reason, String message, Remedy remedy, Throwable cause) {
    this(reason, message, Optional.of(remedy), cause);
  }

  private ImageException(Reason reason, String message, Optional<Remedy> remedy, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.remedy = remedy;
  }

  /// Why.
  public Reason reason() {
    return reason;
  }

  /// What the user may do about it, besides what the message says.
  public Optional<Remedy> remedy() {
    return remedy;
  }

  /// Always there.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
