package hospes.bench;

import hospes.bench.GuestProgram.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Builds the guest's programs with the cross compiler, without a C library. The same options serve
/// both targets: only start-up code and addresses differ.
final class GuestCompiler {
  // -fno-tree-loop-distribute-patterns: else the loop in memcpy becomes a call of itself.
  private static final List<String> OPTIONS =
      List.of(
          "-O2",
          "-Wall",
          "-Wextra",
          "-Werror",
          "-std=gnu17",
          "-march=rv64gc",
          "-mabi=lp64d",
          "-mcmodel=medany",
          "-ffreestanding",
          "-fno-tree-loop-distribute-patterns",
          "-nostdlib",
          "-static",
          "-Wl,--build-id=none");

  private final Path compiler;
  private final Path sources;
  private final Path output;
  private final GuestProcess processes;

  private GuestCompiler(Path compiler, Path sources, Path output, GuestProcess processes) {
    this.compiler = compiler;
    this.sources = sources;
    this.output = output;
    this.processes = processes;
  }

  /// The cross compiler on the sources of this checkout.
  static GuestCompiler of(Workbench workbench, GuestProcess processes) throws BenchFailure {
    Path bench = workbench.root().resolve("bench");
    return new GuestCompiler(
        workbench.tools().compiler(),
        bench.resolve("src/main/guest"),
        bench.resolve("target/guest"),
        processes);
  }

  /// The compiler's name and version.
  String version() throws BenchFailure {
    return processes
        .output(List.of(compiler.toString(), "--version"))
        .lines()
        .findFirst()
        .orElse("");
  }

  /// Builds a program for the bare board.
  ///
  /// @return an ELF file that does so many rounds
  Path bare(GuestProgram program, int rounds) throws BenchFailure {
    return compile(
        program,
        Target.BARE,
        List.of("-DROUNDS=" + rounds, "-T", source("bare.ld"), source("crt-bare.c")));
  }

  /// Builds a program for Linux; a script is taken as it is.
  ///
  /// @return an executable file whose argument is the number of rounds
  Path linux(GuestProgram program) throws BenchFailure {
    if (!program.source().endsWith(".c")) {
      return sources.resolve(program.source());
    }
    return compile(program, Target.LINUX, List.of(source("crt-linux.c")));
  }

  private Path compile(GuestProgram program, Target target, List<String> targetOptions)
      throws BenchFailure {
    Path elf = output.resolve(target.name().toLowerCase(Locale.ROOT)).resolve(program.toString());
    try {
      Files.createDirectories(elf.getParent());
    } catch (IOException e) {
      throw new BenchFailure("cannot write to %s: %s".formatted(output, e.getMessage()), e);
    }
    List<String> command = new ArrayList<>();
    command.add(compiler.toString());
    command.addAll(OPTIONS);
    command.addAll(targetOptions);
    command.addAll(
        List.of(source("assignments.c"), source(program.source()), "-lgcc", "-o", elf.toString()));
    processes.output(command);
    return elf;
  }

  private String source(String name) {
    return sources.resolve(name).toString();
  }
}
