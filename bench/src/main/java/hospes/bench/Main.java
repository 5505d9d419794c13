package hospes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Where the program starts; `bench/run` does it.
public final class Main {
  private Main() {}

  /// Runs one benchmark and ends with its exit code.
  ///
  /// @throws IllegalStateException if the property `hospes.root` does not name the checkout
  public static void main(String[] arguments) {
    Path root = Path.of(Objects.requireNonNullElse(System.getProperty("hospes.root"), "."));
    if (!Files.isExecutable(root.resolve("hospes"))) {
      throw new IllegalStateException("no checkout at %s: start bench/run".formatted(root));
    }
    // An emulator must not outlive the benchmark that the user interrupts.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    Workbench workbench =
        new Workbench(root.toAbsolutePath().normalize(), Tools.ofProcess(), System.out, System.err);
    System.exit(Bench.commandLine(workbench).execute(arguments));
  }
}
