package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Debian machine on which nothing is installed, for the scripts `./hospes` and `./verify`: a
/// copy of them in which the system's folders are below this one, and a `PATH` with a few real
/// tools and with fakes of apt and of what it installs (`src/test/sh/fresh-machine`).
final class FreshMachine {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FAKES =
      Path.of("src", "test", "sh", "fresh-machine").toAbsolutePath().normalize();
  private static final Path SCRIPTS = Path.of("cli", "src", "main", "sh");
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cp",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mkfifo",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "touch",
          "uname");
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Path checkout;
  private final List<String> variables = new ArrayList<>();

  /// What a script left behind.
  record Result(int exitCode, String output, String errors) {}

  /// Debian 13 in an empty folder, used by root, apt's lists not fetched yet.
  FreshMachine(Path folder) throws IOException {
    this.folder = folder;
    checkout = folder.resolve("checkout");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Optional<Path> real = real(tool);
      if (real.isPresent()) {
        // No link: that would go with this folder, and JUnit warns of each.
        Path wrapper =
            Files.writeString(
                bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(real.get()));
        if (!wrapper.toFile().setExecutable(true)) {
          throw new IOException("cannot make executable: " + wrapper);
        }
      }
    }
    for (String fake : List.of("apt-get", "apt-cache", "dpkg-query", "id")) {
      has(fake);
    }
    copyScripts();
    write("log", "");
    write("installed", "");
    write("user", "0\n");
    write("archive", "openjdk-25-jdk-headless\nmaven\n");
    system("ID=debian\nPRETTY_NAME='Debian GNU/Linux 13 (trixie)'\n");
  }

  private void copyScripts() throws IOException {
    Files.createDirectories(checkout.resolve(SCRIPTS));
    for (String name : List.of("hospes", "verify", "pom.xml")) {
      Files.copy(CHECKOUT.resolve(name), checkout.resolve(name));
    }
    Files.copy(CHECKOUT.resolve(SCRIPTS).resolve("build.sh"), script("build.sh"));
    for (String name : List.of("jdk.sh", "install.sh")) {
      String text = Files.readString(CHECKOUT.resolve(SCRIPTS).resolve(name));
      String moved =
          text.replaceAll("(?<= )(/usr/lib/jvm/|/opt/|/Library/|/etc/os-release)", folder + "$1");
      assertNotEquals(text, moved, name);
      Files.writeString(script(name), moved);
    }
  }

  private Path script(String name) {
    return checkout.resolve(SCRIPTS).resolve(name);
  }

  private static Optional<Path> real(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Writes a file that the fakes read.
  FreshMachine write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
    return this;
  }

  /// Puts a fake on the `PATH`.
  FreshMachine has(String fake) throws IOException {
    Files.copy(
        FAKES.resolve(fake),
        folder.resolve("bin").resolve(fake),
        StandardCopyOption.COPY_ATTRIBUTES);
    return this;
  }

  /// Makes it another system.
  ///
  /// @param release its `/etc/os-release`
  FreshMachine system(String release) throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    return write("etc/os-release", release);
  }

  /// Sets a variable of the environment: `NAME=value`.
  FreshMachine setting(String variable) {
    variables.add(variable);
    return this;
  }

  /// What the fakes were told since this was last asked, a line each.
  List<String> log() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("log"));
    write("log", "");
    return lines;
  }

  /// Runs a script in pipes.
  ///
  /// @param input what it reads
  Result run(String input, String script, String... arguments)
      throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(environment());
    command.add("./" + script);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(checkout.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Result(await(process), Files.readString(out), Files.readString(err));
  }

  /// Starts a script in a terminal of its own, which `script` (util-linux) makes.
  Process openTerminal(String script) throws IOException {
    String command = String.join(" ", environment()) + " ./" + script;
    return new ProcessBuilder("script", "-qec", command, "/dev/null")
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .start();
  }

  /// Waits for the end of a process; its exit code.
  static int await(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end");
    }
    return process.exitValue();
  }

  private List<String> environment() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "-i",
                "PATH=" + folder.resolve("bin"),
                "HOME=" + folder,
                "FRESH=" + folder,
                "FAKES=" + FAKES));
    command.addAll(variables);
    return command;
  }
}
