package hospes.formats.cpio;

/// A member of a cpio archive.
///
/// @param path relative to the root, as in `bin/busybox`
/// @param mode type and permissions as in `st_mode`, for example `0100755`
/// @param major the major number of a device node, otherwise 0
/// @param minor the minor number of a device node, otherwise 0
/// @param data the content of a file, or the target of a symbolic link; not copied
@SuppressWarnings("ArrayRecordComponent") // a carrier of file content, never compared
public record CpioEntry(String path, int mode, int major, int minor, byte[] data) {
  static final int TYPE_MASK = 0170000;
  static final int SYMLINK = 0120000;
  static final int REGULAR = 0100000;
  static final int DIRECTORY = 0040000;
  static final int CHARACTER_DEVICE = 0020000;

  public boolean isFile() {
    return (mode & TYPE_MASK) == REGULAR;
  }

  public boolean isDirectory() {
    return (mode & TYPE_MASK) == DIRECTORY;
  }

  public boolean isSymbolicLink() {
    return (mode & TYPE_MASK) == SYMLINK;
  }

  /// The low twelve bits of the mode.
  public int permissions() {
    return mode & 07777;
  }
}
