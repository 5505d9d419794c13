package hospes.riscv.fp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Debian's QEMU as the judge: a C program of one RISC-V instruction after another, cross-compiled
/// and run by `qemu-riscv64`.
final class FloatOracle {
  private static final String PACKAGES =
      "install the Debian packages gcc-riscv64-linux-gnu, libc6-dev-riscv64-cross and qemu-user";

  private final Path directory;
  private final Path program;

  /// Compiles the program into `directory`.
  FloatOracle(Path directory) throws IOException {
    this.directory = directory;
    Path source = directory.resolve("float-oracle.c");
    try (InputStream text = FloatOracle.class.getResourceAsStream("float-oracle.c")) {
      Files.copy(Objects.requireNonNull(text, "float-oracle.c"), source);
    }
    program = directory.resolve("float-oracle");
    run(
        directory.resolve("compiler-output"),
        List.of(
            "riscv64-linux-gnu-gcc",
            "-O1",
            "-static",
            "-o",
            program.toString(),
            source.toString()));
  }

  /// The operands, in the form the program reads, in a file of their own.
  Path write(String name, long[] operands) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(operands.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(operands);
    return Files.write(directory.resolve(name), bytes.array());
  }

  /// Executes an instruction on operands with each rounding mode below `modes`.
  Answers execute(String instruction, int modes, Path operands) {
    try {
      Path output = directory.resolve("answers");
      run(
          output,
          List.of(
              "qemu-riscv64",
              program.toString(),
              instruction,
              String.valueOf(modes),
              operands.toString()));
      return new Answers(
          ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.LITTLE_ENDIAN),
          (int) (Files.size(operands) / (3 * Long.BYTES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came out: for each rounding mode all results, then all flags.
  ///
  /// @param triples operand triples per rounding mode
  record Answers(ByteBuffer bytes, int triples) {
    private static final int ANSWER_BYTES = Long.BYTES + 1;

    long result(int mode, int triple) {
      return bytes.getLong(mode * triples * ANSWER_BYTES + triple * Long.BYTES);
    }

    int flags(int mode, int triple) {
      return bytes.get(mode * triples * ANSWER_BYTES + triples * Long.BYTES + triple);
    }
  }

  private void run(Path output, List<String> command) throws IOException {
    Path errors = directory.resolve("errors");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command.getFirst() + ": " + PACKAGES, e);
    }
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s failed (if files are missing: %s):%n%s"
              .formatted(command, PACKAGES, Files.readString(errors)));
    }
  }
}
