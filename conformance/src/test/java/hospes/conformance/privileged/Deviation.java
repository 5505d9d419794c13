package hospes.conformance.privileged;

import java.util.regex.Pattern;

/// A line of QEMU's transcript that is not what Hospes prints: QEMU 7.2 does not follow the manual
/// there, or both follow it and choose differently.
///
/// @param why what the manual says, with the section
/// @param qemu matches QEMU's whole line
/// @param manual what Hospes prints instead, with the pattern's groups as `$1`
record Deviation(String why, Pattern qemu, String manual) {
  static Deviation of(String why, String qemu, String manual) {
    return new Deviation(why, Pattern.compile(qemu), manual);
  }

  boolean concerns(String line) {
    return qemu.matcher(line).matches();
  }

  String correct(String line) {
    return qemu.matcher(line).replaceFirst(manual);
  }
}
