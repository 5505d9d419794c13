package hospes.cli;

import hospes.boards.Hello;
import hospes.boards.VirtMachine;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.ZStory;
import hospes.images.TrainingImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.spi.TerminalProvider;

/// The run that `./hospes` records into the JVM's ahead-of-time cache after a build: a little of
/// what every start does.
public final class Training {
  private static final String[][] SAMPLES = {
    {"--help"},
    {"--version"},
    {"run", "--help"},
    {"images"},
    {"ps", "--all"},
    {"inspect", "nobody"},
    {"run", "--kernel", "/nonexistent"},
    {"run", "hello", "--no-input", "--clock", "virtual", "--max-instructions", "30000000"},
    {"run", "hello", "--no-input"},
  };

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Training() {}

  /// Runs the sample commands; what they print is of no interest.
  ///
  /// @throws IOException where the temporary folder cannot be used
  public static void main(String[] arguments) throws IOException, InterruptedException {
    startWatchdog();
    loadAll();
    // A folder of its own: guests of the user's are not to be asked, nor anything to be left there.
    Path folder = Files.createTempDirectory("hospes-training-");
    try {
      CommandContext context = context(folder, InputStream.nullInputStream());
      run(context, SAMPLES);
      startFromTemplate(folder);
      play(folder, context);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    takeTerminal();
    Main.main("--version"); // ends the process, as every command does
  }

  /// Whoever builds is not to wait for a guest that does not end.
  private static void startWatchdog() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(PATIENCE);
                Runtime.getRuntime().halt(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /// All classes of our own: to find, read and verify one that is not in the cache takes
  /// milliseconds.
  private static void loadAll() throws IOException {
    Configuration modules = Training.class.getModule().getLayer().configuration();
    for (ResolvedModule module : modules.modules()) {
      if (module.name().startsWith("hospes.")) {
        try (ModuleReader reader = module.reference().open();
            Stream<String> names = reader.list()) {
          names
              .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
              .forEach(name -> load(name));
        }
      }
    }
  }

  private static void load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, Training.class.getClassLoader());
    } catch (ReflectiveOperationException | LinkageError notNeeded) {
      // starts will be a little slower
    }
  }

  private static CommandContext context(Path folder, InputStream input) {
    return new CommandContext(
        input,
        OutputStream.nullOutputStream(),
        Map.of(
            "XDG_RUNTIME_DIR", folder.toString(),
            "XDG_CACHE_HOME", folder.toString(),
            "HOSPES_DEBIAN_MIRROR", "https://training.invalid/", // nothing is to be fetched
            "HOME", folder.toString()),
        VirtMachine::new);
  }

  private static void run(CommandContext context, String[]... samples) {
    for (String[] arguments : samples) {
      Hospes.commandLine(context, arguments).execute(arguments);
    }
  }

  /// Twice: the first time, the template is made.
  private static void startFromTemplate(Path folder) throws IOException {
    byte[] typed = "poweroff\r".getBytes(StandardCharsets.US_ASCII);
    String image = TrainingImage.write(folder.resolve("hospes"), Hello.elf(), "hello> ");
    for (int i = 0; i < 2; i++) {
      Main.runPlainly(image, context(folder, new ByteArrayInputStream(typed)));
    }
  }

  /// A story, from the command line and on a screen.
  private static void play(Path folder, CommandContext context)
      throws IOException, InterruptedException {
    Path story = Files.write(folder.resolve("story.z5"), TrainingStory.file());
    run(
        context,
        new String[] {"info", story.toString()},
        new String[] {"run", story.toString(), "--save-folder", folder.toString()});
    try (Host host = Host.open();
        Guest guest = host.start(ZStory.file(story).savesIn(folder).terminal(24, 80))) {
      guest.console().input().resize(24, 80);
      guest.console().expect(">");
      guest.console().send("look\r");
      guest.await();
    }
  }

  private static void takeTerminal() {
    for (StandardStream stream : StandardStream.values()) {
      stream.isTerminal();
    }
    try (Terminal terminal =
        TerminalProvider.load("ffm")
            .newTerminal(
                "hospes",
                Terminal.TYPE_DUMB,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_8,
                Terminal.SignalHandler.SIG_DFL,
                true,
                new Attributes(),
                new Size(80, 24))) {
      terminal.setAttributes(RawTerminal.raw(terminal.getAttributes()));
    } catch (IOException | RuntimeException | LinkageError noTerminal) {
      // starts will be a little slower
    }
  }
}
