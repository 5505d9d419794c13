package hospes.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command line of `bench/run`.
@Command(
    name = "bench/run",
    description = "Measures Hospes and QEMU side by side, in turns, on the same files.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench/run compute                           programs in a booted Debian, 3 rounds",
      "  bench/run compute sort json --rounds 1",
      "  bench/run bare                              programs without an operating system",
      "  bench/run boot                              Debian's kernel to its shell, 5 rounds",
      "  bench/run systemd                           Debian from a disk to its login prompt",
      "  bench/run host                              forks, snapshots, templates, idle guests",
      "  bench/run zmachine                          a story that calculates, and dfrotz",
      "  bench/run boot --against main=../main       two checkouts and QEMU",
      "  bench/run boot --no-qemu --variant 'C1=-XX:TieredStopAtLevel=1'",
      "",
      "Prints a table; writes every sample (JSON) and a chart (SVG) to bench/results. Run it on an",
      "idle machine.",
    })
final class Bench implements Runnable {
  private static final int FAILURE = 125;

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

  /// The whole command line.
  static CommandLine commandLine(Workbench workbench) {
    CommandLine commands = new CommandLine(new Bench());
    commands.addSubcommand(new ComputeCommand(workbench));
    commands.addSubcommand(new BareCommand(workbench));
    commands.addSubcommand(new BootCommand(workbench));
    commands.addSubcommand(new SystemdCommand(workbench));
    commands.addSubcommand(new HostCommand(workbench));
    commands.addSubcommand(new StoryCommand(workbench));
    commands.addSubcommand(new ShowCommand(workbench));
    commands.setUsageHelpWidth(100);
    commands.setExecutionExceptionHandler(
        (failure, line, _) -> {
          if (!(failure instanceof BenchFailure)) {
            throw failure;
          }
          line.getErr().println("bench: " + failure.getMessage());
          line.getErr().flush();
          return FAILURE;
        });
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which benchmark?");
  }
}
