package hospes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Builds the bare-metal programs with the cross compiler.
final class GuestCompiler {
  /// `-fno-tree-loop-distribute-patterns`: else the loop in crt.c's memcpy becomes a call of
  // itself.
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

  /// @param sources the folder with the programs, crt.c and guest.ld
  /// @param output where to put ELF files
  GuestCompiler(Path compiler, Path sources, Path output, GuestProcess processes) {
    this.compiler = compiler;
    this.sources = sources;
    this.output = output;
    this.processes = processes;
  }

  /// The command that builds a program.
  List<String> command(GuestProgram program, int rounds) {
    List<String> command = new ArrayList<>();
    command.add(compiler.toString());
    command.addAll(OPTIONS);
    command.addAll(
        List.of(
            "-DROUNDS=" + rounds,
            "-T",
            sources.resolve("guest.ld").toString(),
            sources.resolve("crt.c").toString(),
            sources.resolve(program + ".c").toString(),
            "-lgcc",
            "-o",
            elf(program).toString()));
    return command;
  }

  /// Builds a program.
  ///
  /// @return the ELF file
  Path compile(GuestProgram program, int rounds) throws BenchFailure {
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw new BenchFailure("cannot write to %s: %s".formatted(output, e.getMessage()), e);
    }
    processes.output(command(program, rounds));
    return elf(program);
  }

  private Path elf(GuestProgram program) {
    return output.resolve(program + ".elf");
  }
}
