package hospes.host.template;

import hospes.formats.snapshot.Compression;
import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.guest.ClockMode;
import hospes.host.guest.GuestMachine;
import hospes.host.guest.GuestRunner;
import hospes.host.guest.RunPolicy;
import hospes.host.guest.Supplies;
import hospes.host.ports.GuestConsole;
import hospes.host.schedule.HostTime;
import hospes.host.schedule.Turn;
import hospes.host.snapshot.FrozenMachine;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.Machine;
import hospes.memory.HostFaultException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Boots a guest and saves it where it waits at its prompt.
///
/// Its clock is virtual, so that idle time costs nothing, and its real-time clock stands at 1970:
/// by that the guest can tell that the time is yet to come. Then it idles for a while, in which the
/// kernel does what it left for later, and gives back memory that it does not need.
final class TemplateMaker {
  private static final Duration IDLING = Duration.ofSeconds(60);
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// A guest that says nothing for so long has come to grief.
  private static final long MOST_SILENT_INSTRUCTIONS = 5_000_000_000L;

  /// A line that the kernel prints while it boots: nobody wants to see those of another guest.
  private static final Pattern KERNEL_LINES =
      Pattern.compile("(?s)^.*(?:^|\n)\\[ *\\d+\\.\\d{6}] [^\n]*\n");

  private final TemplateSubject subject;
  private final TemplateKey key;
  private final Plan plan;
  private final GuestConsole console;

  TemplateMaker(TemplateSubject subject, TemplateKey key, Plan plan) {
    this.subject = subject;
    this.key = key;
    this.plan = plan;
    console = new GuestConsole(subject.name(), Optional.empty());
  }

  /// Boots the guest and writes the template.
  ///
  /// @param supplies gives it memory, and an engine
  /// @throws TemplateException where it does not boot, or cannot be saved
  void write(Path file, Supplies supplies) throws TemplateException {
    try (GuestMachine guest = GuestMachine.withoutTime(plan, supplies.with(console.writer()))) {
      boot(guest);
      save(guest, file);
    } catch (HostException | HostFaultException e) {
      throw new TemplateException(String.valueOf(e.getMessage()), e);
    } catch (SnapshotFileException e) {
      throw new TemplateException(String.valueOf(e.getMessage()), e);
    }
  }

  private void boot(GuestMachine guest) throws TemplateException {
    HostTime time = HostTime.WALL;
    GuestRunner runner =
        GuestRunner.of(guest, console, RunPolicy.unlimited(ClockMode.VIRTUAL), time);
    runner.begin();
    long deadline = time.nanoseconds() + PATIENCE.toNanos();
    Machine machine = guest.machine();
    boolean waits = false;
    int said = 0;
    long saidAt = 0;
    while (!isAtPrompt()) {
      if (waits
          || machine.instructions() - saidAt > MOST_SILENT_INSTRUCTIONS
          || machine.nanoseconds() > PATIENCE.toNanos()
          || time.nanoseconds() > deadline) {
        throw new TemplateException("the guest does not come to its prompt");
      }
      waits = run(runner);
      int length = console.text().length();
      if (length != said) {
        said = length;
        saidAt = machine.instructions();
      }
    }
    long end = machine.nanoseconds() + IDLING.toNanos();
    while (!waits && machine.nanoseconds() < end) {
      if (time.nanoseconds() > deadline) {
        throw new TemplateException("the guest does not come to rest");
      }
      waits = run(runner);
    }
  }

  /// Runs the guest for a while; tells whether it waits for what will never come.
  private static boolean run(GuestRunner runner) throws TemplateException {
    if (Thread.currentThread().isInterrupted()) {
      throw new TemplateException("it was interrupted");
    }
    Turn turn = runner.run(SLICE.toNanos(), () -> false);
    Optional<String> halt = runner.takeHalt();
    if (halt.isPresent()) {
      throw new TemplateException(halt.get());
    }
    return switch (turn) {
      case Turn.Again() -> false;
      case Turn.Sleep _ -> true;
      case Turn.Over() ->
          throw new TemplateException(
              "the guest ended before it came to its prompt: "
                  + runner.outcome().orElseThrow().ending());
    };
  }

  private boolean isAtPrompt() {
    return console.text().contains(subject.prompt());
  }

  private void save(GuestMachine guest, Path file) throws SnapshotFileException {
    byte[] screen = screen(console.text()).getBytes(StandardCharsets.UTF_8);
    try (FrozenMachine frozen = guest.freeze()) {
      frozen.save(
          file,
          guest.header(subject.name()),
          List.of(new TemplateRecord(key.text(), screen).toRecord()),
          Compression.NONE);
    }
  }

  /// What the guest said since its kernel left the console to it.
  static String screen(String text) {
    return KERNEL_LINES.matcher(text).replaceFirst("");
  }
}
