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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Starts an emulator with piped streams and times it.
final class GuestProcess {
  private static final int SHOWN_LINES = 12;
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(10);

  private final Duration timeout;

  /// @param timeout after which a run counts as failed
  GuestProcess(Duration timeout) {
    this.timeout = timeout;
  }

  /// Time until `text` appears on the console; the guest is ended then. Its input stays open and
  /// empty.
  Sample untilPrinted(String text, List<String> command, Map<String, String> environment)
      throws BenchFailure {
    ConsoleWatch console = new ConsoleWatch(text);
    long start = System.nanoTime();
    Process process = start(command, environment);
    try (InputStream in = process.getInputStream()) {
      Watchdog watchdog = new Watchdog(process, timeout);
      byte[] buffer = new byte[8192];
      int length;
      while (!console.seen() && (length = in.read(buffer)) > 0) {
        console.append(buffer, length);
      }
      long wall = System.nanoTime() - start;
      Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
      if (watchdog.barked()) {
        throw failed(
            "did not print \"%s\" within %d s".formatted(text, timeout.toSeconds()),
            command,
            console.text());
      }
      if (!console.seen()) {
        throw failed("ended without printing \"%s\"".formatted(text), command, console.text());
      }
      if (cpu.isZero()) {
        throw failed("ended too early to be measured", command, console.text());
      }
      return new Sample(seconds(wall), seconds(cpu.toNanos()));
    } catch (IOException e) {
      throw new BenchFailure("lost the console of %s".formatted(command.getFirst()), e);
    } finally {
      end(process);
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
        Watchdog watchdog = new Watchdog(process, timeout);
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
        end(process);
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

  private static Process start(List<String> command, Map<String, String> environment)
      throws BenchFailure {
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

  private static BenchFailure failed(String how, List<String> command, String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    String shown =
        String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    return new BenchFailure(
        "%s\n%s; its last lines:\n  %s".formatted(String.join(" ", command), how, shown));
  }

  private static void end(Process process) {
    all(process).forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(PATIENCE_AT_END)) {
        all(process).forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
      }
    } catch (InterruptedException e) {
      all(process).forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private static List<ProcessHandle> all(Process process) {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
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

  /// Kills a process that runs too long; its streams end then.
  private static final class Watchdog {
    private final AtomicBoolean barked = new AtomicBoolean();
    private final CompletableFuture<Void> bark;

    Watchdog(Process process, Duration timeout) {
      bark =
          CompletableFuture.runAsync(
              () -> {
                barked.set(process.isAlive()); // before the kill: its streams end at once
                all(process).forEach(ProcessHandle::destroyForcibly);
              },
              CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Calls the watchdog off, and tells whether that was too late.
    boolean barked() {
      bark.cancel(false);
      return barked.get();
    }
  }
}
