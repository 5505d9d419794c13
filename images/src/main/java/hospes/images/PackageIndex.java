package hospes.images;

import hospes.images.ImageException.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.tukaani.xz.XZInputStream;

/// The packages of one architecture: an extract of the archive's `Packages.xz`.
final class PackageIndex {
  private final Map<String, DebianPackage> packages = new HashMap<>();

  private PackageIndex() {}

  /// Reads a verified index.
  ///
  /// @param size bytes of the uncompressed index, as the signed index states them
  /// @param wanted picks packages by name, because the index has tens of thousands
  static PackageIndex read(Path file, long size, Predicate<String> wanted) throws ImageException {
    var index = new PackageIndex();
    try (InputStream compressed = new BufferedInputStream(Files.newInputStream(file));
        InputStream xz = new XZInputStream(compressed, Limits.XZ_MEMORY_KIB);
        InputStream limited = new LimitedInputStream(xz, size, "package index");
        var in =
            new BufferedReader(new InputStreamReader(limited, StandardCharsets.UTF_8), 1 << 16)) {
      for (Stanza stanza = Stanza.read(in); stanza != null; stanza = Stanza.read(in)) {
        if (stanza.field("Package").filter(wanted).isPresent()) {
          DebianPackage found = DebianPackage.of(stanza);
          index.packages.put(found.name(), found);
        }
      }
    } catch (IOException e) {
      throw new ImageException(
          Reason.MALFORMED, "cannot read the package index: " + e.getMessage(), e);
    }
    return index;
  }

  /// The package of that name.
  DebianPackage get(String name) throws ImageException {
    DebianPackage found = packages.get(name);
    if (found == null) {
      throw new ImageException(Reason.PACKAGE_MISSING, "the archive has no package " + name);
    }
    return found;
  }
}
