package hospes.storage;

/// What a guest may do with a drive.
public enum DriveAccess {
  /// Read and write.
  READ_WRITE,
  /// Read only.
  READ_ONLY
}
