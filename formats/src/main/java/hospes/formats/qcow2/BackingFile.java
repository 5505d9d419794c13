package hospes.formats.qcow2;

import java.util.Optional;

/// Where an image finds what it does not hold itself.
///
/// @param name as stored: a path, relative to the image's folder if it is not absolute
/// @param format `raw`, `qcow2` or another name of a format; older images do not say
public record BackingFile(String name, Optional<String> format) {
  /// The longest name, in bytes of UTF-8.
  public static final int MAX_NAME_BYTES = 1023;
}
