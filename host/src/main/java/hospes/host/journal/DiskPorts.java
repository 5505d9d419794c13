package hospes.host.journal;

import java.util.OptionalInt;

/// Names under which failures of disks stand in journals. No machine has such ports: a disk is not
/// asked, but is part of it.
final class DiskPorts {
  private static final String PREFIX = "disk";
  private static final int MOST_DIGITS = 4;

  private DiskPorts() {}

  static String name(int disk) {
    return PREFIX + disk;
  }

  /// The disk's number.
  static OptionalInt number(String port) {
    String digits = port.startsWith(PREFIX) ? port.substring(PREFIX.length()) : "";
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
  }
}
