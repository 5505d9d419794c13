package hospes.storage;

import java.util.Arrays;
import java.util.Optional;

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

  /// The format of that name; empty for any other name.
  static Optional<DriveFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.text.equals(name)).findFirst();
  }

  /// Its name, as in qcow2 headers and on the command line.
  String text() {
    return text;
  }
}
