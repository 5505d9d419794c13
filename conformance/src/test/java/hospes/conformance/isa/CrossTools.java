package hospes.conformance.isa;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The tools that judge: a missing one is an error which says what to install, never a skipped
/// test.
final class CrossTools {
  private static final String PACKAGES =
      "install the Debian packages qemu-user, gcc-riscv64-linux-gnu, binutils-riscv64-linux-gnu and"
          + " libc6-dev-riscv64-cross";

  private CrossTools() {}

  /// Starts a tool whose input and output the caller holds; what it complains of goes to `errors`.
  static Process start(Path errors, List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException missing) {
      throw new AssertionError(
          "cannot run %s: %s".formatted(command.getFirst(), PACKAGES), missing);
    }
  }

  /// Runs a tool to its end; its output is in `output`.
  static void run(Path output, List<String> command) throws IOException {
    Path errors = output.resolveSibling(output.getFileName() + ".errors");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
    } catch (IOException missing) {
      throw new AssertionError(
          "cannot run %s: %s".formatted(command.getFirst(), PACKAGES), missing);
    }
    if (finish(process) != 0) {
      throw new AssertionError(
          "%s failed (if files are missing: %s):%n%s"
              .formatted(String.join(" ", command), PACKAGES, Files.readString(errors)));
    }
  }

  /// Waits for the end of a process; its exit status.
  static int finish(Process process) {
    try {
      if (process.waitFor(60, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new AssertionError(process.info().commandLine().orElse("a tool") + " does not end");
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a tool", interrupted);
    }
  }

  /// A file from the test's resources, in `directory`.
  static Path resource(Path directory, String name) throws IOException {
    Path copy = directory.resolve(name);
    try (InputStream content = CrossTools.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(content, name), copy);
    }
    return copy;
  }

  /// A file that a Debian package for cross-compiling installs.
  static Path installed(String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new AssertionError("there is no %s: %s".formatted(file, PACKAGES));
    }
    return file;
  }
}
