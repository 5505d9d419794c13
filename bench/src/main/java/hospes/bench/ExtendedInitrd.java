package hospes.bench;

import hospes.formats.cpio.CpioWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// An initial file system with more files in it: Linux unpacks archives that stand one behind the
/// other, each beginning at a multiple of 4 bytes. Linux documentation, "initramfs buffer format".
final class ExtendedInitrd {
  private ExtendedInitrd() {}

  /// Writes the archive.
  ///
  /// @param base the archive to begin with, uncompressed
  /// @param programs executable files to add: path in the guest, file here
  /// @param target where to write
  /// @return the target
  static Path write(Path base, Map<String, Path> programs, Path target) throws BenchFailure {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
        long length = Files.copy(base, out);
        out.write(new byte[(int) (-length & 3)]);
        try (CpioWriter archive = new CpioWriter(out)) {
          for (Map.Entry<String, Path> program : programs.entrySet()) {
            archive.file(program.getKey(), 0755, Files.readAllBytes(program.getValue()));
          }
        }
      }
      return target;
    } catch (IOException e) {
      throw new BenchFailure("cannot make %s: %s".formatted(target, e.getMessage()), e);
    }
  }
}
