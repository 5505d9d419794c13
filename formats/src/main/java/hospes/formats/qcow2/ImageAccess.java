package hospes.formats.qcow2;

/// What an image is opened for.
public enum ImageAccess {
  /// Reading and writing.
  READ_WRITE,
  /// Reading alone; nothing in the file changes.
  READ_ONLY
}
