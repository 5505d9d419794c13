package hospes.host;

/// How a file holds a disk.
public enum DriveFormat {
  /// Byte N of the disk is byte N of the file.
  RAW("raw"),
  /// QEMU's copy-on-write image.
  QCOW2("qcow2");

  private final String text;

  DriveFormat(String text) {
    this.text = text;
  }

  /// Its name, as in qcow2 headers and on the command line.
  public String text() {
    return text;
  }
}
