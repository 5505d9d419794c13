package hospes.images;

import hospes.images.ImageException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A package as the archive's index describes it.
///
/// @param path where its file is, below the mirror's address
/// @param size bytes of the file
/// @param sha256 of the file, lower-case hexadecimal
/// @param installedSize bytes that it unpacks to, about
/// @param depends the names of the packages that it needs; of alternatives, the first
record DebianPackage(
    String name,
    String version,
    String path,
    long size,
    String sha256,
    long installedSize,
    List<String> depends) {
  private static final long MAX_SIZE = 2L << 30;

  /// @throws ImageException if a field is missing or absurd
  static DebianPackage of(Stanza stanza) throws ImageException {
    String name = require(stanza, "Package", "[a-z0-9][a-z0-9+.-]+", "index");
    String path = require(stanza, "Filename", "[A-Za-z0-9._+~-]+(/[A-Za-z0-9._+~%-]+)+", name);
    if (List.of(path.split("/")).contains("..")) {
      throw new ImageException(
          Reason.MALFORMED, "the index says that package " + name + " is at " + path);
    }
    long size = Long.parseLong(require(stanza, "Size", "[0-9]{1,12}", name));
    if (size > MAX_SIZE) {
      throw new ImageException(
          Reason.MALFORMED, "the index says that package " + name + " has " + size + " bytes");
    }
    return new DebianPackage(
        name,
        require(stanza, "Version", "[A-Za-z0-9.+~:-]+", name),
        path,
        size,
        require(stanza, "SHA256", "[0-9a-fA-F]{64}", name).toLowerCase(Locale.ROOT),
        1024
            * Long.parseLong(
                stanza
                    .field("Installed-Size")
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .orElse("0")),
        depends(stanza.field("Depends").orElse("")));
  }

  private static String require(Stanza stanza, String field, String pattern, String name)
      throws ImageException {
    return stanza
        .field(field)
        .filter(value -> value.matches(pattern))
        .orElseThrow(
            () ->
                new ImageException(
                    Reason.MALFORMED, "the index has no usable field " + field + " for " + name));
  }

  private static List<String> depends(String field) {
    var names = new ArrayList<String>();
    for (String dependency : field.split(",")) {
      String name = dependency.replaceFirst("[|(:].*", "").strip();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }
}
