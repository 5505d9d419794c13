package hospes.riscv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The GNU assembler and linker, as the judge of ours.
final class GnuAssembler {
  private static final String PACKAGE = "install the Debian package binutils-riscv64-linux-gnu";

  private final Path directory;

  /// Works in `directory`.
  GnuAssembler(Path directory) {
    this.directory = directory;
  }

  /// The bytes of a program that begins at `base`.
  ///
  /// @param architecture what `-march` takes
  /// @param placements where other sections begin, as `--section-start=.data=0x1000`
  byte[] image(String architecture, long base, List<String> placements, String source)
      throws IOException {
    Path file = Files.writeString(directory.resolve("program.s"), source);
    Path object = directory.resolve("program.o");
    Path linked = directory.resolve("program.elf");
    Path binary = directory.resolve("program.bin");
    String text = file.toString();
    run(
        List.of(
            "riscv64-linux-gnu-as",
            "-march=" + architecture,
            "-mno-relax",
            "-o",
            object.toString(),
            text));
    List<String> link = new ArrayList<>(List.of("riscv64-linux-gnu-ld", "--no-relax", "-e", "0"));
    link.add("-Ttext=0x" + Long.toHexString(base));
    link.addAll(placements);
    link.addAll(List.of("-o", linked.toString(), object.toString()));
    run(link);
    run(List.of("riscv64-linux-gnu-objcopy", "-O", "binary", linked.toString(), binary.toString()));
    return Files.readAllBytes(binary);
  }

  private void run(List<String> command) throws IOException {
    Path output = directory.resolve("output");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException missing) {
      throw new AssertionError("cannot run " + command.getFirst() + ": " + PACKAGE, missing);
    }
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, interrupted);
    }
    if (process.exitValue() != 0) {
      throw new AssertionError("%s failed:%n%s".formatted(command, Files.readString(output)));
    }
  }
}
