package hospes.conformance.privileged;

import hospes.conformance.tiers.Tier;
import hospes.machine.StopReason;
import hospes.testkit.RunEnd;
import hospes.testkit.Runner;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program from `src/test/guest/privileged`, cross-compiled, and run on both machines.
final class BareMetal {
  private static final Path SOURCES = Path.of("src", "test", "guest", "privileged");
  private static final long MEMORY = 128L << 20;
  private static final long MOST_INSTRUCTIONS = 1_000_000_000;
  private static final String PACKAGES =
      "install the Debian packages gcc-riscv64-linux-gnu and qemu-system-misc";

  /// The extensions that both have; what QEMU would add is switched off.
  private static final String CPU = "rv64,h=off,sstc=on,debug=off,svinval=on,svpbmt=off,pmu-num=29";

  private final Path directory;
  private final Path program;

  /// Compiles the program `name.c` into `directory`.
  BareMetal(Path directory, String name) throws IOException {
    this.directory = directory;
    program = directory.resolve(name + ".elf");
    Path source = SOURCES.resolve(name + ".c");
    List<String> command =
        new ArrayList<>(
            List.of(
                "riscv64-linux-gnu-gcc",
                "-march=rv64gc_zicsr_zifencei",
                "-mabi=lp64d",
                "-mcmodel=medany",
                "-O1",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-ffreestanding",
                "-fno-pic",
                "-fno-stack-protector",
                "-nostdlib",
                "-static",
                "-Wl,--build-id=none,-T," + SOURCES.resolve("link.ld"),
                "-o",
                program.toString(),
                SOURCES.resolve("start.S").toString(),
                SOURCES.resolve("runtime.c").toString(),
                source.toString()));
    if (Files.readString(source).contains("\"paging.h\"")) {
      command.add(SOURCES.resolve("paging_support.c").toString());
    }
    run(directory.resolve("compiler-output"), command);
  }

  /// What the program prints on QEMU.
  List<String> onQemu() throws IOException {
    Path output = directory.resolve("qemu-output");
    List<String> command =
        new ArrayList<>(
            List.of(
                "qemu-system-riscv64",
                "-M",
                "virt",
                "-cpu",
                CPU,
                "-m",
                (MEMORY >> 20) + "M",
                "-bios",
                "none",
                "-kernel",
                program.toString(),
                "-display",
                "none",
                "-serial",
                "stdio",
                "-monitor",
                "none",
                "-no-reboot",
                // Time goes by instructions: counters are exact, and a busy host delays no timer.
                "-icount",
                "shift=0,sleep=off"));
    run(output, command);
    return Files.readAllLines(output);
  }

  /// Runs the program on a tier of Hospes in slices of at most `slice` instructions.
  RunEnd onHospes(Tier tier, long slice) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Virt virt = Virt.bareMetal(Files.readAllBytes(program)).memory(MEMORY);
    try (VirtMachine machine = Standalone.on(output::write).with(tier.engine()).powerOn(virt)) {
      StopReason reason = Runner.inSlicesOf(slice, MOST_INSTRUCTIONS).run(machine);
      return RunEnd.of(machine, reason, output);
    }
  }

  private void run(Path output, List<String> command) throws IOException {
    Path errors = directory.resolve("errors");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command.getFirst() + ": " + PACKAGES, e);
    }
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError(
            command + " does not end; it printed:\n" + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s failed (if it is missing: %s):%n%s"
              .formatted(command, PACKAGES, Files.readString(errors)));
    }
  }
}
