package hospes.images;

/// How far a pull has come.
///
/// @param phase what is being done
/// @param subject to what: a package, a file
/// @param done bytes, or 0 if the phase is not counted in bytes
/// @param total bytes, or 0 if unknown
public record Progress(Phase phase, String subject, long done, long total) {
  /// The phases of a pull, in order.
  public enum Phase {
    /// Another process is pulling; its result will be used.
    WAITING,
    /// Fetching and verifying the archive's signed index.
    RESOLVING,
    /// Fetching a package; counted in bytes.
    DOWNLOADING,
    /// Unpacking what was fetched; counted in bytes.
    UNPACKING,
    /// Writing the image.
    WRITING
  }
}
