package hospes.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `hospes`, which does nothing by itself.
@Command(
    name = "hospes",
    versionProvider = Version.class,
    description = "Runs virtual machines: emulated computers that boot unmodified systems.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes run debian                    a Debian shell on an emulated RISC-V computer",
      "  hospes run hello                     a tiny guest that needs no network",
      "  hospes run --kernel Image --initrd initrd.cpio --append 'console=ttyS0'",
      "  hospes run program.elf               a bare-metal program",
      "  hospes doctor                        what this machine offers",
      "",
      "Exit codes: the guest's own; 124 where a limit ended it; 125 for an error of Hospes",
      "or its input; 2 for a wrong command line.",
    })
final class Hospes implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  /// The whole command line.
  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine commands = new CommandLine(new Hospes());
    commands.addSubcommand(new RunCommand(surroundings));
    commands.addSubcommand(new PsCommand(surroundings));
    commands.addSubcommand(new AttachCommand(surroundings));
    commands.addSubcommand(new LogsCommand(surroundings));
    commands.addSubcommand(new PauseCommand(surroundings));
    commands.addSubcommand(new ResumeCommand(surroundings));
    commands.addSubcommand(new StopCommand(surroundings));
    commands.addSubcommand(new KillCommand(surroundings));
    commands.addSubcommand(new ForkCommand(surroundings));
    commands.addSubcommand(new SnapshotCommand(surroundings));
    commands.addSubcommand(new RestoreCommand(surroundings));
    commands.addSubcommand(new StatsCommand(surroundings));
    commands.addSubcommand(new InspectCommand(surroundings));
    commands.addSubcommand(new RmCommand(surroundings));
    commands.addSubcommand(new PullCommand(surroundings));
    commands.addSubcommand(new ImagesCommand(surroundings));
    commands.addSubcommand(new RemoveImageCommand(surroundings));
    commands.addSubcommand(new DoctorCommand(surroundings));
    commands.addSubcommand(new DisassembleCommand());
    commands.addSubcommand(new CompletionCommand());
    Failures failures = new Failures(surroundings.environment());
    commands.setParameterExceptionHandler(failures::usage);
    commands.setExecutionExceptionHandler(failures::execution);
    commands.setColorScheme(Help.defaultColorScheme(ansi(surroundings.environment())));
    commands.setUsageHelpWidth(100);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    return commands;
  }

  private static Ansi ansi(Map<String, String> environment) {
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    return wanted && StandardStream.OUTPUT.isTerminal() ? Ansi.ON : Ansi.OFF;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
