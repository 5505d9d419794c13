package hospes.cli;

import hospes.guests.Claim;
import hospes.guests.MachineKind;
import hospes.guests.Plan;
import hospes.guests.Start;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.Kinds;
import hospes.host.guest.Treatment;
import hospes.images.TrainingImage;
import hospes.machine.Payload;
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
      for (MachineKind kind : Kinds.all()) {
        for (String name : kind.builtIn().keySet()) {
          run(
              context,
              limited(name),
              new String[] {"run", name, "--no-input"},
              new String[] {"run", name, "--no-input", "--engine", "translator"});
        }
      }
      runSamples(folder, context);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    takeTerminal();
    Main.main("--version");
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
            "HOME", folder.toString()));
  }

  private static String[] limited(String name) {
    return new String[] {
      "run", name, "--no-input", "--clock", "virtual", "--max-instructions", "30000000"
    };
  }

  private static void run(CommandContext context, String[]... samples) {
    for (String[] arguments : samples) {
      Hospes.commandLine(context, arguments).execute(arguments);
    }
  }

  /// The small machines that kinds have for this, from the command line and on a screen.
  private static void runSamples(Path folder, CommandContext context)
      throws IOException, InterruptedException {
    int number = 0;
    for (MachineKind kind : Kinds.all()) {
      for (MachineKind.Sample sample : kind.samples()) {
        Path in = Files.createDirectory(folder.resolve("sample" + number++));
        Path file = Files.write(in.resolve(sample.fileName()), sample.start().bytes());
        byte[] typed = sample.typed().getBytes(StandardCharsets.US_ASCII);
        run(context, new String[] {"info", file.toString()});
        run(
            context(folder, new ByteArrayInputStream(typed)),
            new String[] {"run", file.toString()});
        if (kind.drawsScreen()) {
          draw(kind, sample);
        } else {
          startFromTemplate(folder, sample);
        }
      }
    }
  }

  private static void draw(MachineKind kind, MachineKind.Sample sample)
      throws InterruptedException {
    Start start = new Start(sample.fileName(), sample.start());
    if (kind.recognise(start).orElse(null) instanceof Claim.Startable(var _, var _, var values)) {
      Plan plan = Plan.of(kind).withAll(values).before(new Payload.Size(24, 80));
      try (Host host = Host.open();
          Guest guest = host.start(plan, Treatment.usual())) {
        guest.console().input().resize(24, 80);
        guest.console().send(sample.typed());
        guest.await();
      }
    }
  }

  /// Twice: the first time, the template is made.
  private static void startFromTemplate(Path folder, MachineKind.Sample sample) throws IOException {
    byte[] typed = sample.typed().getBytes(StandardCharsets.US_ASCII);
    String image =
        TrainingImage.write(folder.resolve("hospes"), sample.start().bytes(), sample.prompt());
    for (int i = 0; i < 2; i++) {
      Main.runPlainly(image, context(folder, new ByteArrayInputStream(typed)));
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
