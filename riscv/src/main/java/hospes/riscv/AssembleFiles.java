package hospes.riscv;

import hospes.engine.AssemblerException;
import hospes.engine.Assembly;
import hospes.engine.AssemblySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Assembles files from the command line: `OUTPUT.elf ADDRESS SOURCE...`, where a source is a file
/// or a folder of `.s` files, which are taken in the order of their names.
public final class AssembleFiles {
  private AssembleFiles() {}

  /// Assembles sources to an ELF file. The arguments are its name, the address where the program
  /// begins, as [Long#decode] takes it, and the sources.
  ///
  /// @throws AssemblerException where a source is wrong
  /// @throws IOException where a file cannot be read or written
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      throw new IllegalArgumentException("expected OUTPUT.elf ADDRESS SOURCE.s...");
    }
    List<AssemblySource> texts = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      texts.addAll(read(Path.of(arguments[i])));
    }
    Assembly program = RiscvAssembler.assemble(Long.decode(arguments[1]), texts);
    Path output = Path.of(arguments[0]).toAbsolutePath();
    Path folder = output.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(output, RiscvAssembler.toElf(program));
  }

  private static List<AssemblySource> read(Path source) throws IOException {
    List<Path> files = List.of(source);
    if (Files.isDirectory(source)) {
      try (Stream<Path> list = Files.list(source)) {
        files = list.filter(file -> file.toString().endsWith(".s")).sorted().toList();
      }
    }
    List<AssemblySource> texts = new ArrayList<>();
    for (Path file : files) {
      texts.add(new AssemblySource(file.toString(), Files.readString(file)));
    }
    return texts;
  }
}
