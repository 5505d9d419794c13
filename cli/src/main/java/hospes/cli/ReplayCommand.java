package hospes.cli;

import hospes.host.guest.Guest;
import hospes.host.guest.GuestName;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.IdentityChoice;
import hospes.host.guest.Outcome;
import hospes.host.guest.ReplayOptions;
import hospes.host.guest.RestoreOptions;
import hospes.host.journal.Replay.Verification;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes replay`.
@Command(
    name = "replay",
    description = {
      "Runs a recorded guest again, exactly as it ran: it says what it said, and does what it did, as"
          + " fast as it can. Nothing is read or sent outside.",
      "Exit code: that of the guest, where it ended by itself; 125 where it is not the same run."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes run debian --record session.journal",
      "  hospes replay session.journal --verify",
      "  hospes replay session.journal --until 2000000000 --stats",
    })
final class ReplayCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "What hospes run --record wrote. Its snapshot is looked for beside it.")
  private Path file = Path.of("");

  @Option(
      names = "--until",
      paramLabel = "COUNT",
      description = "End the replay before the guest's instruction of this number.")
  private Optional<Long> until = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "NAME",
      description =
          "Begin at this snapshot, which was taken during the recording and stands beside it.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--verify",
      description = "Compare the guest's state with all that were recorded, and say how many.")
  private boolean verify;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The guest's name (default: after the file).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--stats",
      description = "At the end, print instructions, state hash, speed and time to standard error.")
  private boolean stats;

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (until.isPresent() && until.get() < 0) {
      throw new ParameterException(spec.commandLine(), "--until must be 0 or more");
    }
    Narrator narrator = new Narrator(spec.commandLine().getErr());
    Outcome outcome =
        new GuestHosting(context, narrator, HostSettings.defaults(), GuestHosting.Place.TERMINAL)
            .run(
                name.map(GuestName::chosen)
                    .orElseGet(() -> GuestName.derived(String.valueOf(file.getFileName()))),
                this::replay,
                GuestSession.Input.NONE,
                (guest, ended) -> {
                  Endings.tell(narrator, ended.ending(), guest.treatment().policy());
                  if (stats) {
                    RunStatistics.tell(narrator, guest, ended);
                  }
                });
    return ExitCode.of(outcome.ending());
  }

  private Guest replay(Host host, GuestName free, Optional<OutputStream> console) {
    return host.replay(
        file,
        new ReplayOptions(
            from,
            until.orElse(Long.MAX_VALUE),
            verify ? Verification.CHECKPOINTS : Verification.NONE,
            new RestoreOptions(
                Optional.of(free),
                console,
                GuestState.PAUSED,
                Optional.empty(),
                IdentityChoice.SAME)));
  }
}
