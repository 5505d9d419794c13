package hospes.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts emulators and tools with piped streams, and times them.
final class GuestProcess {
  private static final int SHOWN_LINES = 12;

  private final Duration timeout;

  /// @param timeout after which a run counts as failed
  GuestProcess(Duration timeout) {
    this.timeout = timeout;
  }

  /// An emulator to be watched and typed to.
  GuestConsole open(List<String> command, Map<String, String> environment) throws BenchFailure {
    return GuestConsole.open(command, environment, timeout);
  }

  /// Time until `text` appears on the console; the guest is ended then. Its input stays open and
  /// empty.
  Sample untilPrinted(String text, List<String> command, Map<String, String> environment)
      throws BenchFailure {
    try (GuestConsole console = open(command, environment)) {
      Sample sample = console.await(text).moment().since(console.start());
      if (sample.cpu() == 0) {
        throw console.failed("ended too early to be measured");
      }
      return sample;
    }
  }

  /// A run to the end.
  ///
  /// @param output what it printed, standard error included
  record Completed(Sample sample, String output) {}

  /// Time until the command ends, which it must do with exit code 0. Its input is empty.
  Completed untilEnd(List<String> command, Map<String, String> environment) throws BenchFailure {
    Path times = temporaryFile();
    try {
      // The shell's own account of its children: wait4's figures, without a tool to install.
      List<String> wrapped =
          new ArrayList<>(
              List.of(
                  "sh",
                  "-c",
                  "out=$1; shift; \"$@\"; status=$?; times >\"$out\"; exit $status",
                  "sh",
                  times.toString()));
      wrapped.addAll(command);
      long start = System.nanoTime();
      Process process = start(wrapped, environment);
      try (InputStream in = process.getInputStream()) {
        process.getOutputStream().close();
        ProcessTree.Watchdog watchdog = new ProcessTree.Watchdog(process, timeout);
        String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        long wall = System.nanoTime() - start;
        if (watchdog.barked()) {
          throw failed("did not end within %d s".formatted(timeout.toSeconds()), command, output);
        }
        if (status != 0) {
          throw failed("ended with exit code %d".formatted(status), command, output);
        }
        return new Completed(
            new Sample(seconds(wall), ShellTimes.ofChildren(Files.readString(times))), output);
      } finally {
        ProcessTree.end(process);
      }
    } catch (IOException e) {
      throw new BenchFailure("cannot measure %s".formatted(command.getFirst()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } finally {
      delete(times);
    }
  }

  /// What a command prints, standard error included; it must end with exit code 0.
  String output(List<String> command) throws BenchFailure {
    return untilEnd(command, Map.of()).output();
  }

  static Process start(List<String> command, Map<String, String> environment) throws BenchFailure {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new BenchFailure(
          "cannot start %s: %s".formatted(command.getFirst(), e.getMessage()), e);
    }
  }

  private static double seconds(long nanoseconds) {
    return nanoseconds / 1e9;
  }

  static BenchFailure failed(String how, List<String> command, String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    String shown =
        String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    return new BenchFailure(
        "%s\n%s; its last lines:\n  %s".formatted(String.join(" ", command), how, shown));
  }

  private static Path temporaryFile() throws BenchFailure {
    try {
      return Files.createTempFile("bench", ".times");
    } catch (IOException e) {
      throw new BenchFailure("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // A stale file of some bytes in the temporary folder harms nobody.
    }
  }
}
