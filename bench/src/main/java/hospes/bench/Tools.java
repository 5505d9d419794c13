package hospes.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of the host that the benchmark starts.
final class Tools {
  private final String searchPath;

  /// @param searchPath folders, as in the variable PATH
  Tools(String searchPath) {
    this.searchPath = searchPath;
  }

  static Tools ofProcess() {
    String path = System.getenv("PATH");
    return new Tools(path == null ? "/usr/bin:/bin" : path);
  }

  Path qemu() throws BenchFailure {
    return find("qemu-system-riscv64")
        .orElseThrow(
            () ->
                new BenchFailure(
                    """
                    qemu-system-riscv64 is not installed. On Debian:
                      sudo apt-get install qemu-system-misc opensbi       (Debian 12)
                      sudo apt-get install qemu-system-riscv opensbi      (Debian 13)
                    Or measure Hospes alone: --no-qemu"""));
  }

  Path compiler() throws BenchFailure {
    return find("riscv64-linux-gnu-gcc")
        .orElseThrow(
            () ->
                new BenchFailure(
                    """
                    riscv64-linux-gnu-gcc, which builds the programs, is not installed. On Debian:
                      sudo apt-get install gcc-riscv64-linux-gnu"""));
  }

  Path inform() throws BenchFailure {
    return find("inform6")
        .orElseThrow(
            () ->
                new BenchFailure(
                    """
                    inform6, which compiles the story, is not installed. On Debian:
                      sudo apt-get install inform6-compiler"""));
  }

  Path frotz() throws BenchFailure {
    return find("dfrotz")
        .or(() -> Optional.of(Path.of("/usr/games/dfrotz")).filter(Files::isExecutable))
        .orElseThrow(
            () ->
                new BenchFailure(
                    """
                    dfrotz is not installed. On Debian:
                      sudo apt-get install frotz"""));
  }

  Optional<Path> find(String program) {
    return Stream.of(searchPath.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
