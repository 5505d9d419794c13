package hospes.cli;

import hospes.engine.EngineMode;
import hospes.engine.EngineSettings;
import hospes.engine.translator.EngineDebugging;
import hospes.host.ClockMode;
import hospes.host.CpuShare;
import hospes.host.DriveSpec;
import hospes.host.GuestName;
import hospes.host.HostSettings;
import hospes.host.Merging;
import hospes.host.RunPolicy;
import hospes.host.SwapSpace;
import hospes.host.TranslationThread;
import hospes.zmachine.Story;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes run`: the options, and whether they make sense together.
@Command(
    name = "run",
    description =
        "Runs a guest, with its console in this terminal: an emulated RISC-V computer, or a story"
            + " for the Z-machine.",
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
  private static final int MAX_HARTS = 8;

  /// What means nothing to a story.
  private static final List<String> FOR_COMPUTERS =
      List.of(
          "--initrd",
          "--append",
          "--bios",
          "--dtb",
          "--cold",
          "--memory",
          "--harts",
          "--drive",
          "--mirror",
          "--dump-dtb");

  private final Surroundings surroundings;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "GUEST",
      description =
          "An image (debian, hello), or a file: a raw Linux Image or an ELF file for RISC-V, or a"
              + " story (.z3, .z5, .z8, .zblorb).")
  private Optional<String> guest = Optional.empty();

  @Option(
      names = "--kernel",
      paramLabel = "FILE",
      description = "Kernel: a raw Linux Image or an ELF file.")
  private Optional<Path> kernel = Optional.empty();

  @Option(names = "--initrd", paramLabel = "FILE", description = "Initial RAM disk.")
  private Optional<Path> initrd = Optional.empty();

  @Option(
      names = "--append",
      paramLabel = "TEXT",
      description = "The kernel's command line; for an image, added to its own.")
  private Optional<String> append = Optional.empty();

  @Option(
      names = "--bios",
      paramLabel = "FILE|none",
      description =
          "Firmware to run first; none: start in machine mode. Without it, the built-in SBI.")
  private Optional<String> bios = Optional.empty();

  @Option(
      names = "--dtb",
      paramLabel = "FILE",
      description = "Device tree to give to the guest instead of the board's own.")
  private Optional<Path> deviceTree = Optional.empty();

  @Option(
      names = "--cold",
      description =
          "Boot an image, instead of starting from a template: a snapshot of the booted guest, made"
              + " at its first run.")
  private boolean cold;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "1G",
      converter = MemorySize.class,
      description = "Memory, such as 512M or 2G (default: ${DEFAULT-VALUE}).")
  private long memory = 1L << 30;

  @Option(
      names = "--harts",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processor cores, 1 to 8 (default: ${DEFAULT-VALUE}).")
  private int harts = 1;

  @Option(
      names = "--drive",
      paramLabel = "FILE[,WORD]",
      converter = DriveOption.class,
      description =
          "A disk in a raw or qcow2 file; may be given several times. readonly: the guest only"
              + " reads it. snapshot: what the guest writes is thrown away. format=raw or qcow2:"
              + " what the file is, whatever it begins with.")
  private List<DriveSpec> drives = new ArrayList<>();

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

  @ArgGroup(exclusive = false, heading = "%nFor stories:%n")
  private StoryOptions stories = new StoryOptions();

  @Option(names = "--no-input", description = "Give the guest no input.")
  private boolean noInput;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Mirror of the Debian archive to fetch an image from.")
  private Optional<String> mirror = Optional.empty();

  @Option(
      names = "--dump-dtb",
      paramLabel = "FILE",
      description = "Write the device tree that the guest would get, and run nothing.")
  private Optional<Path> dumpDeviceTree = Optional.empty();

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Runs an image as it is, without the command line's options. To find out by reflection what
  /// they are takes longer than all else that precedes a start from a template.
  static int plainly(String image, Surroundings surroundings, PrintWriter err) throws Exception {
    return plain(image, surroundings).run(err);
  }

  static RunCommand plain(String image, Surroundings surroundings) {
    RunCommand command = new RunCommand(surroundings);
    command.guest = Optional.of(image);
    return command;
  }

  @Override
  public Integer call() throws Exception {
    check();
    if (detach) {
      return Detachment.start(
          spec.root().commandLine().getParseResult().originalArgs(),
          spec.commandLine().getOut(),
          spec.commandLine().getErr());
    }
    return run(spec.commandLine().getErr());
  }

  private int run(PrintWriter err) throws Exception {
    if (!noInput && StandardStream.INPUT.isTerminal()) {
      RawTerminal.prepare();
    }
    if (engine == EngineMode.AUTO) {
      TranslationThread.shared(); // wakes up while other things are done
    }
    Narrator narrator = new Narrator(err);
    Optional<Story> story = story();
    if (story.isPresent()) {
      return play(story.get(), narrator);
    }
    if (stories.areGiven()) {
      throw usage("--plain, --script, --record, --save-folder and --seed are for stories alone");
    }
    BootPlan plan =
        guest.isEmpty() && kernel.isEmpty() && bios.isEmpty()
            ? BootPlanner.nothing()
            : new BootPlanner(surroundings, narrator, mirror)
                .plan(new BootPlanner.Request(guest, kernel, initrd, append, bios, deviceTree));
    if (dumpDeviceTree.isPresent()) {
      session(narrator, plan, engineSettings()).dumpDeviceTree(dumpDeviceTree.get());
      return ExitCode.SUCCESS;
    }
    if (mayStartFromTemplate()) {
      plan.virt().fromTemplate(new TemplateProgress(narrator));
    }
    try (EngineWatch watch = EngineWatch.open(traceRegions, engineDebug, narrator)) {
      return session(narrator, plan, engineSettings().with(watch.introspection()))
          .run(
              new GuestHosting(
                  surroundings,
                  narrator,
                  hostSettings(),
                  detached ? GuestHosting.Place.DETACHED : GuestHosting.Place.TERMINAL),
              noInput ? GuestSession.Input.NONE : GuestSession.Input.STANDARD,
              stats ? GuestSession.Report.STATISTICS : GuestSession.Report.ENDING_ONLY);
    }
  }

  private Optional<Story> story() throws Exception {
    return guest.isEmpty() || BootPlanner.isImage(guest.get())
        ? Optional.empty()
        : StorySession.find(Path.of(guest.get()));
  }

  private int play(Story story, Narrator narrator) throws Exception {
    for (String option : FOR_COMPUTERS) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw usage("%s is for emulated computers; a story has none".formatted(option));
      }
    }
    GuestHosting.Place place = detached ? GuestHosting.Place.DETACHED : GuestHosting.Place.TERMINAL;
    GuestSession.Input input = noInput ? GuestSession.Input.NONE : GuestSession.Input.STANDARD;
    Surroundings around =
        new Surroundings(
            StorySession.input(stories, input, surroundings.input()),
            surroundings.output(),
            surroundings.environment(),
            surroundings.machines());
    try (EngineWatch watch = EngineWatch.open(traceRegions, engineDebug, narrator)) {
      return new StorySession(
              Path.of(guest.orElseThrow()),
              story,
              stories,
              treatment(),
              engineSettings().with(watch.introspection()))
          .run(
              new GuestHosting(around, narrator, hostSettings(), place),
              place,
              narrator,
              input,
              stats ? GuestSession.Report.STATISTICS : GuestSession.Report.ENDING_ONLY);
    }
  }

  /// Not where the user wants to see the boot, or count it. What else templates are not for, they
  /// know themselves.
  private boolean mayStartFromTemplate() {
    return !cold
        && !stats
        && engine == EngineMode.AUTO
        && traceRegions.isEmpty()
        && engineDebug.equals(EngineDebugOption.NONE);
  }

  private HostSettings hostSettings() {
    HostSettings settings =
        new HostSettings(cpus)
            .with(merging)
            .with(SwapSpace.usual().withMost(swap.orElse(Long.MAX_VALUE)));
    return hostMemory.map(settings::withMemory).orElse(settings);
  }

  private GuestSession session(Narrator narrator, BootPlan plan, EngineSettings settings) {
    return new GuestSession(
        surroundings,
        narrator,
        plan,
        new GuestSession.Hardware(memory, harts, drives, settings),
        treatment());
  }

  private GuestSession.Treatment treatment() {
    return new GuestSession.Treatment(
        name.map(GuestName::chosen),
        label(),
        new RunPolicy(clock, timeout, maxInstructions.orElse(Long.MAX_VALUE)),
        new CpuShare(cpuWeight, cpuLimit));
  }

  /// What is run, as its user calls it: an image, or a file without its folder.
  private String label() {
    String what = guest.or(() -> kernel.map(Path::toString)).or(() -> bios).orElse("");
    return String.valueOf(Path.of(what).getFileName());
  }

  private EngineSettings engineSettings() {
    return switch (engine) {
      case INTERPRETER -> EngineSettings.interpreter();
      case TRANSLATOR -> EngineSettings.translator();
      case AUTO -> EngineSettings.auto(TranslationThread.shared());
    };
  }

  private void check() {
    if (guest.isPresent() && kernel.isPresent()) {
      throw usage("GUEST and --kernel both say what to run; give one of them");
    }
    if (guest.isEmpty() && kernel.isEmpty()) {
      if (bios.isEmpty() && dumpDeviceTree.isEmpty()) {
        throw usage("what to run? Name an image or a file, or give --kernel");
      }
      if (bios.isPresent() && bios.get().equals("none")) {
        throw usage("--bios none starts the kernel in machine mode: give --kernel too");
      }
    }
    if (initrd.isPresent() && guest.isEmpty() && kernel.isEmpty()) {
      throw usage("--initrd needs a kernel: give --kernel too");
    }
    if (harts < 1 || harts > MAX_HARTS) {
      throw usage("--harts %d: the board has 1 to %d harts".formatted(harts, MAX_HARTS));
    }
    if (cpus < 1 || cpus > 4096) {
      throw usage("--cpus %d: a host has 1 to 4096 threads".formatted(cpus));
    }
    if (cpuWeight < 1 || cpuWeight > 10_000) {
      throw usage("--cpu-weight %d: a weight is 1 to 10000".formatted(cpuWeight));
    }
    if (engine == EngineMode.INTERPRETER
        && (traceRegions.isPresent() || engineDebug.debugging() != EngineDebugging.NONE)) {
      throw usage(
          "--engine interpreter translates nothing that --trace-regions or --engine-debug could"
              + " show; leave it out");
    }
    if (maxInstructions.isPresent() && maxInstructions.get() < 1) {
      throw usage("--max-instructions must be 1 or more");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
