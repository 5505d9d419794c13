package hospes.cli;

import hospes.boards.VirtMachine;
import hospes.boards.VirtSpec;
import hospes.engine.EngineSettings;
import hospes.host.BlockStoreException;
import hospes.host.ConsoleWriter;
import hospes.host.Drive;
import hospes.host.DriveSpec;
import hospes.host.GuestRunner;
import hospes.host.Outcome;
import hospes.host.RunPolicy;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.machine.Machine;
import hospes.machine.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A guest from power-on to its end, with its console, drives and time.
final class GuestSession {
  /// The machine that the user wants.
  record Hardware(long memoryBytes, int harts, List<DriveSpec> drives, EngineSettings engine) {}

  /// Where the guest's input comes from.
  enum Input {
    /// Standard input.
    STANDARD,
    /// Nowhere.
    NONE
  }

  /// What is printed at the end.
  enum Report {
    /// Only an unusual ending.
    ENDING_ONLY,
    /// The figures of `--stats` too.
    STATISTICS
  }

  private static final int SEED_BYTES = 32;
  private static final Instant VIRTUAL_START = Instant.parse("2026-01-01T00:00:00Z");

  private final Surroundings surroundings;
  private final Narrator narrator;
  private final BootPlan plan;
  private final Hardware hardware;
  private final RunPolicy policy;

  GuestSession(
      Surroundings surroundings,
      Narrator narrator,
      BootPlan plan,
      Hardware hardware,
      RunPolicy policy) {
    this.surroundings = surroundings;
    this.narrator = narrator;
    this.plan = plan;
    this.hardware = hardware;
    this.policy = policy;
  }

  /// Writes the device tree that the guest would get.
  void dumpDeviceTree(Path file) throws BlockStoreException, CommandFailure {
    try (Drives drives = Drives.open(hardware.drives())) {
      byte[] tree = VirtMachine.deviceTree(spec(drives, dropped -> {}));
      try {
        Files.write(file, tree);
      } catch (IOException e) {
        throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
      }
      narrator.say("wrote %s (%d bytes)".formatted(file, tree.length));
    }
  }

  /// Runs the guest to its end, and returns the program's exit code.
  int run(Input input, Report report) throws BlockStoreException, CommandFailure {
    ConsoleWriter console = new ConsoleWriter(surroundings.output());
    try (Drives drives = Drives.open(hardware.drives());
        Machine machine = surroundings.machines().create(spec(drives, console))) {
      Outcome outcome;
      try (GuestConsole guestConsole = new GuestConsole(surroundings, narrator, input)) {
        GuestRunner runner = new GuestRunner(machine, guestConsole.input(), console, policy);
        guestConsole.connect(runner, policy.clock());
        outcome = runner.run();
      }
      drives.reportFailures(narrator);
      tell(outcome.ending());
      if (report == Report.STATISTICS) {
        tellStatistics(machine, outcome);
      }
      return ExitCode.of(outcome.ending());
    }
  }

  private VirtSpec spec(Drives drives, ConsoleOutput console) {
    return new VirtSpec(
        hardware.memoryBytes(),
        hardware.harts(),
        plan.firmware(),
        plan.kernel(),
        plan.initrd(),
        plan.commandLine(),
        plan.deviceTree(),
        drives.stores(),
        console,
        timeOfDay(),
        entropy(),
        hardware.engine());
  }

  /// The host's time of day; the same every time for a run that is to be repeated.
  private long timeOfDay() {
    Instant now =
        switch (policy.clock()) {
          case HOST -> Instant.now();
          case VIRTUAL -> VIRTUAL_START;
        };
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// Real randomness for everyday use; the same every time for a run that is to be repeated.
  private Entropy entropy() {
    return switch (policy.clock()) {
      case HOST -> {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        yield new Entropy(seed);
      }
      case VIRTUAL -> Entropy.fixed(0);
    };
  }

  private void tell(Outcome.Ending ending) {
    switch (ending) {
      case Outcome.Ending.PoweredOff(_) -> {}
      case Outcome.Ending.Stopped() -> narrator.say("the guest was ended");
      case Outcome.Ending.TimedOut() ->
          narrator.say(
              "the guest was ended by --timeout after %s"
                  .formatted(TimeSpan.text(policy.timeout().orElseThrow())));
      case Outcome.Ending.InstructionLimit() ->
          narrator.say(
              "the guest was ended by --max-instructions after %d"
                  .formatted(policy.maxInstructions()));
      case Outcome.Ending.Stuck(String why) -> narrator.say("the guest is stuck: " + why);
      case Outcome.Ending.OutputLost(IOException cause) ->
          narrator.say(
              "the guest was ended because its output cannot be written: " + cause.getMessage());
    }
  }

  private void tellStatistics(Machine machine, Outcome outcome) {
    // Before the state is looked at: for that the machine forgets its regions.
    List<String> engine =
        machine instanceof VirtMachine board
            ? EngineReport.lines(board.engineStatistics())
            : List.of();
    narrator.line("instructions: " + outcome.instructions());
    narrator.line("state: " + Snapshot.hash(machine));
    narrator.line("mips: " + String.format(Locale.ROOT, "%.1f", outcome.mips()));
    narrator.line("wall: " + String.format(Locale.ROOT, "%.3f s", outcome.wall().toNanos() / 1e9));
    engine.forEach(narrator::line);
  }

  /// The open drives of a guest.
  private record Drives(List<Drive> files) implements AutoCloseable {
    static Drives open(List<DriveSpec> options) throws BlockStoreException {
      Drives drives = new Drives(new ArrayList<>());
      try {
        for (DriveSpec option : options) {
          drives.files.add(Drive.open(option));
        }
      } catch (BlockStoreException | RuntimeException e) {
        drives.close();
        throw e;
      }
      return drives;
    }

    List<BlockStore> stores() {
      return List.copyOf(files);
    }

    /// Also of closing, which brings an image's tables to its file.
    void reportFailures(Narrator narrator) {
      close();
      for (Drive file : files) {
        file.firstFailure()
            .ifPresent(
                failure ->
                    narrator.say(
                        "drive %s failed; the guest was told of an I/O error: %s"
                            .formatted(file.file(), failure.getMessage())));
      }
    }

    @Override
    public void close() {
      for (Drive file : files) {
        try {
          file.close();
        } catch (IOException ignored) {
          // kept by the drive
        }
      }
    }
  }
}
