package hospes.conformance.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The host's own tools, which make disks and judge what a guest left on one.
final class HostTools {
  private HostTools() {}

  /// Runs a command; what it prints.
  static String run(Path directory, String... command) throws IOException {
    Path output = Files.createTempFile(directory, "tool", ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "cannot run %s: install the Debian packages e2fsprogs, mmdebstrap and device-tree-compiler"
              .formatted(command[0]),
          e);
    }
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        throw new AssertionError(String.join(" ", command) + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s failed with %d: %s"
              .formatted(String.join(" ", command), process.exitValue(), printed));
    }
    return printed;
  }
}
