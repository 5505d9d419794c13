package hospes.cli;

import hospes.host.guest.Guest;
import hospes.host.guest.GuestName;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.IdentityChoice;
import hospes.host.guest.Outcome;
import hospes.host.guest.RestoreOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes restore`.
@Command(
    name = "restore",
    description = "Runs a guest on from a snapshot, with its console in this terminal.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes restore booted.snapshot",
      "  hospes restore booted.snapshot --name second --detach",
    })
final class RestoreCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What hospes snapshot wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The guest's name (default: after the file).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--stats",
      description = "At the end, print instructions, state hash, speed and time to standard error.")
  private boolean stats;

  @Option(names = Detachment.OPTION, description = "Run it in the background.")
  private boolean detach;

  @Option(names = Detachment.CHILD_OPTION, hidden = true)
  private boolean detached;

  RestoreCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    if (detach) {
      return Detachment.start(
          spec.root().commandLine().getParseResult().originalArgs(),
          spec.commandLine().getOut(),
          spec.commandLine().getErr());
    }
    Narrator narrator = new Narrator(spec.commandLine().getErr());
    GuestHosting.Place place = detached ? GuestHosting.Place.DETACHED : GuestHosting.Place.TERMINAL;
    Outcome outcome =
        new GuestHosting(context, narrator, HostSettings.defaults(), place)
            .run(
                name.map(GuestName::chosen)
                    .orElseGet(() -> GuestName.derived(String.valueOf(file.getFileName()))),
                this::restore,
                GuestSession.Input.STANDARD,
                (guest, ended) -> tellEnd(narrator, guest, ended));
    return ExitCode.of(outcome.ending());
  }

  private Guest restore(Host host, GuestName free, Optional<OutputStream> console) {
    Guest guest =
        host.restore(
            file,
            new RestoreOptions(
                Optional.of(free),
                console,
                GuestState.PAUSED,
                Optional.empty(),
                IdentityChoice.SAME));
    guest.keepDrives();
    return guest;
  }

  private void tellEnd(Narrator narrator, Guest guest, Outcome ended) throws InterruptedException {
    Endings.tell(narrator, ended.ending(), guest.treatment().policy());
    for (Path drive : guest.ownDrives()) {
      narrator.say("what the guest wrote to its drive is in " + drive);
    }
    if (stats) {
      RunStatistics.tell(narrator, guest, ended);
    }
  }
}
