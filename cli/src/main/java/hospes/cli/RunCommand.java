package hospes.cli;

import hospes.engine.EngineMode;
import hospes.engine.EngineSettings;
import hospes.engine.translator.EngineDebugging;
import hospes.guests.OptionSpec;
import hospes.guests.Value;
import hospes.host.engine.TranslationThread;
import hospes.host.guest.ClockMode;
import hospes.host.guest.GuestName;
import hospes.host.guest.HostSettings;
import hospes.host.guest.RunPolicy;
import hospes.host.guest.Treatment;
import hospes.host.memory.Merging;
import hospes.host.memory.SwapSpace;
import hospes.host.schedule.CpuShare;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `hospes run`: the options, and whether they make sense together.
@Command(
    name = "run",
    description =
        "Runs a guest, with its console in this terminal. What can be said of its machine depends"
            + " on what that is; see the groups below.",
    sortOptions = false,
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes run debian",
      "  hospes run debian --cold                          boots, and shows how",
      "  hospes run debian --memory 2G --harts 4 --drive disk.img",
      "  hospes run --kernel Image --initrd initrd.cpio --append 'console=ttyS0 quiet'",
      "  echo 'uname -a; poweroff -f' | hospes run debian --timeout 120s",
      "  hospes run --bios fw_jump.elf --kernel Image      Debian's OpenSBI as firmware",
      "  hospes run program.elf --clock virtual --stats    a run that repeats exactly",
      "  hospes run story.z5                               a story, in this terminal",
      "  hospes run story.z5 --script walk.txt --seed 1    the same game every time",
      "  hospes run debian --name w --detach               in the background: hospes attach w",
      "  hospes run debian --trace-regions regions.txt --engine-debug=dump",
      "",
      "In the terminal, Ctrl-A x ends the guest and Ctrl-A h shows the other keys.",
    })
final class RunCommand implements Callable<Integer> {
  private final CommandContext context;

  /// Set by picocli, where it is asked at all.
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "GUEST",
      description =
          "An image (debian), something built in (hello), or a file; hospes info FILE tells what"
              + " it is taken for.")
  private Optional<String> guest = Optional.empty();

  @Option(
      names = "--cold",
      description =
          "Boot an image, instead of starting from a template: a snapshot of the booted guest, made"
              + " at its first run.")
  private boolean cold;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The guest's name for the other commands (default: after what it runs).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = Detachment.OPTION,
      description =
          "Run the guest in the background, print its name, and leave it to hospes attach, logs,"
              + " stop and the others.")
  private boolean detach;

  @Option(names = Detachment.CHILD_OPTION, hidden = true)
  private boolean detached;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "Host threads that run the guest and its forks (default: one per processor).")
  private int cpus = HostSettings.defaults().cpus();

  @Option(
      names = "--host-memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "Most memory of this computer that the guest and its forks take together; what does not"
              + " fit is swapped out (default: no limit).")
  private Optional<Long> hostMemory = Optional.empty();

  @Option(
      names = "--swap",
      paramLabel = "SIZE|off",
      converter = SwapSize.class,
      description =
          "Most that is swapped out to a file in the cache folder; a guest that finds no more room"
              + " is paused (default: as much as is needed).")
  private Optional<Long> swap = Optional.empty();

  @Option(
      names = "--merge",
      paramLabel = "on|off",
      defaultValue = "on",
      description =
          "Whether the guest and its forks share pages that come to hold the same. off: no guest"
              + " can find out by timing what another one holds (default: ${DEFAULT-VALUE}).")
  private Merging merging = Merging.ON;

  @Option(
      names = "--cpu-weight",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Part of the time where guests compete, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int cpuWeight = CpuShare.DEFAULT.weight();

  @Option(
      names = "--cpu-limit",
      paramLabel = "PERCENT",
      defaultValue = "100%",
      converter = CpuLimit.class,
      description = "Most that the guest gets of a processor, such as 50%%.")
  private double cpuLimit = CpuShare.DEFAULT.limit();

  @Option(
      names = "--clock",
      paramLabel = "host|virtual",
      defaultValue = "host",
      description =
          "host: the guest's clock is the host's. virtual: it advances with instructions, idle time"
              + " is skipped, and the run repeats exactly (default: ${DEFAULT-VALUE}).")
  private ClockMode clock = ClockMode.HOST;

  @Option(
      names = "--engine",
      paramLabel = "interpreter|translator|auto",
      defaultValue = "auto",
      description =
          "How guest code is executed (default: ${DEFAULT-VALUE}). Speed"
              + " is all that this changes.")
  private EngineMode engine = EngineMode.AUTO;

  @Option(
      names = "--engine-debug",
      paramLabel = "calls|dump[:FOLDER]",
      converter = EngineDebugOption.Converter.class,
      description =
          "calls: translations call the instructions' methods, for breakpoints. dump: their class"
              + " files and listings go to a folder (hospes-regions), for javap.")
  private EngineDebugOption engineDebug = EngineDebugOption.NONE;

  @Option(
      names = "--trace-regions",
      paramLabel = "FILE",
      description = "Write a line for each translation made, installed, invalidated and dropped.")
  private Optional<Path> traceRegions = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "End the guest after this time, such as 120s (exit code 124).")
  private Optional<Duration> timeout = Optional.empty();

  @Option(
      names = "--max-instructions",
      paramLabel = "N",
      description = "End the guest after exactly N instructions (exit code 124).")
  private Optional<Long> maxInstructions = Optional.empty();

  @Option(
      names = "--stats",
      description =
          "At the end, print instructions, state hash, speed, time and the engine's figures to"
              + " standard error.")
  private boolean stats;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Type the lines of FILE at the guest first.")
  private Optional<Path> script = Optional.empty();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Record all that enters the guest to FILE, and its start to FILE.snapshot, for hospes"
              + " replay.")
  private Optional<Path> record = Optional.empty();

  @Option(names = "--no-input", description = "Give the guest no input.")
  private boolean noInput;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Mirror of the Debian archive to fetch an image from.")
  private Optional<String> mirror = Optional.empty();

  RunCommand(CommandContext context) {
    this.context = context;
  }

  /// Runs an image as it is, without the command line's options. To find out by reflection what
  /// they are takes longer than all else that precedes a start from a template.
  static int plainly(String image, CommandContext context, PrintWriter err) throws Exception {
    return plain(image, context).run(err);
  }

  static RunCommand plain(String image, CommandContext context) {
    RunCommand command = new RunCommand(context);
    command.guest = Optional.of(image);
    return command;
  }

  @Override
  public Integer call() throws Exception {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    check(line);
    if (detach) {
      return Detachment.start(
          line.getCommandSpec().root().commandLine().getParseResult().originalArgs(),
          line.getOut(),
          line.getErr());
    }
    return run(line.getErr());
  }

  private int run(PrintWriter err) throws Exception {
    if (!noInput && StandardStream.INPUT.isTerminal()) {
      RawTerminal.prepare();
    }
    if (engine == EngineMode.AUTO) {
      TranslationThread.shared(); // wakes up while other things are done
    }
    Narrator narrator = new Narrator(err);
    Planned planned =
        new Planner(
                context, narrator, mirror, Optional.ofNullable(spec).map(CommandSpec::commandLine))
            .plan(guest, said());
    GuestHosting.Place place = detached ? GuestHosting.Place.DETACHED : GuestHosting.Place.TERMINAL;
    try (EngineWatch watch = EngineWatch.open(traceRegions, engineDebug, narrator)) {
      Treatment treatment = treatment(planned).engine(engineSettings().with(watch.introspection()));
      GuestSession session = new GuestSession(narrator, planned, treatment);
      Optional<OptionSpec> product = session.product();
      if (product.isPresent()) {
        session.produce(product.get());
        return ExitCode.SUCCESS;
      }
      return session.run(
          new GuestHosting(typing(), narrator, hostSettings(), place),
          place,
          noInput ? GuestSession.Input.NONE : GuestSession.Input.STANDARD,
          script.isPresent() ? GuestSession.Typing.SCRIPT_FIRST : GuestSession.Typing.NOTHING_FIRST,
          record,
          mayStartFromTemplate()
              ? GuestSession.Beginning.TEMPLATE
              : GuestSession.Beginning.POWER_ON,
          stats ? GuestSession.Report.STATISTICS : GuestSession.Report.ENDING_ONLY);
    }
  }

  /// What the user said by the options of machines.
  private Planner.Said said() {
    if (spec == null) {
      return Planner.Said.nothing();
    }
    ParseResult parsed = spec.commandLine().getParseResult();
    Map<OptionSpec, List<Value>> said = new LinkedHashMap<>();
    for (OptionSpec option : KindOptions.given(parsed)) {
      said.put(option, KindOptions.values(option, parsed, spec.commandLine()));
    }
    return new Planner.Said(said);
  }

  /// What surrounds the guest, with the script typed first.
  private CommandContext typing() throws CommandFailure {
    if (script.isEmpty()) {
      return context;
    }
    InputStream lines = new ByteArrayInputStream(InputFile.read(script.get(), "script"));
    return new CommandContext(
        noInput ? lines : new SequenceInputStream(lines, context.input()),
        context.output(),
        context.environment());
  }

  /// Not where the user wants to see the boot, or count it. What else templates are not for, they
  /// know themselves.
  private boolean mayStartFromTemplate() {
    return !cold
        && !stats
        && engine == EngineMode.AUTO
        && traceRegions.isEmpty()
        && engineDebug.debugging() == EngineDebugging.NONE;
  }

  private HostSettings hostSettings() {
    HostSettings settings =
        new HostSettings(cpus)
            .with(merging)
            .with(SwapSpace.usual().withMost(swap.orElse(Long.MAX_VALUE)));
    return hostMemory.map(settings::withMemory).orElse(settings);
  }

  private Treatment treatment(Planned planned) {
    return Treatment.of(name.map(GuestName::chosen).orElse(planned.name()))
        .labelled(planned.label())
        .policy(new RunPolicy(clock, timeout, maxInstructions.orElse(Long.MAX_VALUE)))
        .cpu(new CpuShare(cpuWeight, cpuLimit));
  }

  private EngineSettings engineSettings() {
    return switch (engine) {
      case INTERPRETER -> EngineSettings.interpreter();
      case TRANSLATOR -> EngineSettings.translator();
      case AUTO -> EngineSettings.auto(TranslationThread.shared());
    };
  }

  private void check(CommandLine line) {
    if (cpus < 1 || cpus > 4096) {
      throw usage(line, "--cpus %d: a host has 1 to 4096 threads".formatted(cpus));
    }
    if (cpuWeight < 1 || cpuWeight > 10_000) {
      throw usage(line, "--cpu-weight %d: a weight is 1 to 10000".formatted(cpuWeight));
    }
    if (engine == EngineMode.INTERPRETER
        && (traceRegions.isPresent() || engineDebug.debugging() != EngineDebugging.NONE)) {
      throw usage(
          line,
          "--engine interpreter translates nothing that --trace-regions or --engine-debug could"
              + " show; leave it out");
    }
    if (maxInstructions.isPresent() && maxInstructions.get() < 1) {
      throw usage(line, "--max-instructions must be 1 or more");
    }
  }

  private static ParameterException usage(CommandLine line, String message) {
    return new ParameterException(line, message);
  }
}
