package hospes.conformance.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of Hospes, started from the build as `./hospes` does it.
final class HospesProcess implements AutoCloseable {
  private static final Path CLI = Path.of("..", "cli").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 240;

  private final List<String> command;
  private final Process process;
  private final Path output;
  private final Path errors;
  private final BufferedReader reader;

  /// Starts `hospes ARGUMENTS…`.
  ///
  /// @param runtime its user's runtime folder, which also takes what it prints
  /// @param input what it reads
  HospesProcess(Path runtime, Path input, String... arguments) throws IOException {
    Path modules = CLI.resolve("target/lib");
    if (!Files.isDirectory(modules)) {
      throw new AssertionError(
          "%s is missing; build with: ./verify -pl conformance -am".formatted(modules));
    }
    command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + CLI.resolve("src/main/jvm/jvm.options"),
                // Each of these processes lives for a second or two.
                "-XX:TieredStopAtLevel=1",
                "-p",
                modules.toString(),
                "-m",
                "hospes.cli/hospes.cli.Main"));
    command.addAll(List.of(arguments));
    output = Files.createTempFile(runtime, "output", ".txt");
    errors = Files.createTempFile(runtime, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
    builder.environment().put("TMPDIR", runtime.toString());
    process = builder.start();
    reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(output), StandardCharsets.UTF_8));
  }

  /// What a process that has ended left behind.
  record Result(int exitCode, String output, String errors) {}

  /// Runs `hospes ARGUMENTS…` to its end.
  static Result run(Path runtime, String... arguments) throws IOException, InterruptedException {
    return run(runtime, Path.of("/dev/null"), arguments);
  }

  static Result run(Path runtime, Path input, String... arguments)
      throws IOException, InterruptedException {
    try (HospesProcess hospes = new HospesProcess(runtime, input, arguments)) {
      return hospes.await();
    }
  }

  /// Waits for its end.
  Result await() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(command + " does not end: " + Files.readString(errors));
    }
    return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  /// Waits until it has printed a line.
  void awaitLine(String line) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String next = reader.readLine();
    while (!line.equals(next)) {
      if (next == null && (System.nanoTime() > end || waitFor(10))) {
        throw new AssertionError(
            "%s did not print %s, but: %s%s"
                .formatted(command, line, Files.readString(output), Files.readString(errors)));
      }
      next = reader.readLine();
    }
  }

  /// What it has printed so far.
  String output() throws IOException {
    return Files.readString(output);
  }

  /// Waits for its end a while.
  boolean waitFor(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /// Kills it: SIGKILL, of which no process is told.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
