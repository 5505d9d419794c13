package hospes.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
      "  hospes run debian                    a Debian shell on an emulated computer",
      "  hospes run hello                     a tiny guest that needs no network",
      "  hospes run --kernel Image --initrd initrd.cpio --append 'console=ttyS0'",
      "  hospes run program.elf               a bare-metal program",
      "  hospes doctor                        what this machine offers",
      "",
      "Exit codes: the guest's own; 124 where a limit ended it; 125 for an error of Hospes",
      "or its input; 2 for a wrong command line.",
    })
final class Hospes implements Runnable {
  private static final String COMPLETION = "completion";
  private static final String MAN = "man";

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
  static CommandLine commandLine(CommandContext context) {
    CommandLine commands = new CommandLine(new Hospes());
    all(context).forEach((name, command) -> add(commands, name, command.get()));
    return completed(commands, context);
  }

  /// The part of the command line that these arguments need: what each command takes is found by
  /// reflection, and for all of them that takes longer than most commands.
  static CommandLine commandLine(CommandContext context, String[] arguments) {
    String name = arguments.length == 0 ? "" : arguments[0];
    Supplier<Object> command = all(context).get(name);
    if (command == null || name.equals(COMPLETION) || name.equals(MAN)) {
      return commandLine(context);
    }
    CommandLine commands = new CommandLine(new Hospes());
    add(commands, name, command.get());
    return completed(commands, context);
  }

  private static void add(CommandLine commands, String name, Object command) {
    CommandLine line = new CommandLine(command);
    if (command instanceof RunCommand) {
      KindOptions.addTo(line.getCommandSpec());
    }
    commands.addSubcommand(name, line);
  }

  /// By name, in the order in which they are listed.
  private static Map<String, Supplier<Object>> all(CommandContext context) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("run", () -> new RunCommand(context));
    commands.put("ps", () -> new PsCommand(context));
    commands.put("attach", () -> new AttachCommand(context));
    commands.put("logs", () -> new LogsCommand(context));
    commands.put("pause", () -> new PauseCommand(context));
    commands.put("resume", () -> new ResumeCommand(context));
    commands.put("stop", () -> new StopCommand(context));
    commands.put("kill", () -> new KillCommand(context));
    commands.put("fork", () -> new ForkCommand(context));
    commands.put("snapshot", () -> new SnapshotCommand(context));
    commands.put("replay", () -> new ReplayCommand(context));
    commands.put("restore", () -> new RestoreCommand(context));
    commands.put("stats", () -> new StatsCommand(context));
    commands.put("update", () -> new UpdateCommand(context));
    commands.put("wait", () -> new WaitCommand(context));
    commands.put("events", () -> new EventsCommand(context));
    commands.put("inspect", () -> new InspectCommand(context));
    commands.put("rm", () -> new RmCommand(context));
    commands.put("pull", () -> new PullCommand(context));
    commands.put("images", () -> new ImagesCommand(context));
    commands.put("rmi", () -> new RemoveImageCommand(context));
    commands.put("info", InfoCommand::new);
    commands.put("doctor", () -> new DoctorCommand(context));
    commands.put("disassemble", DisassembleCommand::new);
    commands.put(MAN, ManCommand::new);
    commands.put(COMPLETION, CompletionCommand::new);
    return commands;
  }

  private static CommandLine completed(CommandLine commands, CommandContext context) {
    Failures failures = new Failures(context.environment());
    commands.setExecutionStrategy(Hospes::execute);
    commands.setParameterExceptionHandler(failures::usage);
    commands.setExecutionExceptionHandler(failures::execution);
    commands.setColorScheme(Help.defaultColorScheme(ansi(context.environment())));
    commands.setUsageHelpWidth(100);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    return commands;
  }

  /// Runs the command; what it said goes out then, all of it.
  private static int execute(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } finally {
      parsed.asCommandLineList().forEach(command -> command.getOut().flush());
    }
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
