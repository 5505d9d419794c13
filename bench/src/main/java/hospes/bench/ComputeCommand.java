package hospes.bench;

import hospes.bench.Emulator.BootFiles;
import hospes.bench.GuestProgram.Target;
import hospes.bench.Report.Contender;
import hospes.bench.Report.Runs;
import hospes.bench.Report.Workload;
import hospes.images.Image;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/run compute`: programs inside a booted Debian.
@Command(
    name = "compute",
    description =
        "Boots the image of hospes pull debian in Hospes and in QEMU, in turns, runs programs in it"
            + " (user mode, virtual memory on), each several times in a row, and takes the time from"
            + " the line that a program prints at its beginning to that at its end, by the host's"
            + " clock. First runs (cold) and later ones (warm) are reported apart. All runs of a"
            + " program must print the same checksum.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench/run compute                                all programs: a quarter of an hour",
      "  bench/run compute sort json --rounds 1           a quick look",
      "  bench/run compute shell --no-qemu --variant 'C1=-XX:TieredStopAtLevel=1'",
      "  bench/run compute --chart docs/performance.svg",
    })
final class ComputeCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;
  private static final int MIN_RUNS = 2;
  private static final int MAX_RUNS = 100;

  private final Workbench workbench;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private ProgramOptions options = new ProgramOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Runs of each program in one boot, the cold one included (default: ${DEFAULT-VALUE}).")
  private int runs;

  ComputeCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    if (runs < MIN_RUNS || runs > MAX_RUNS) {
      throw new BenchFailure("--runs must be %d to %d".formatted(MIN_RUNS, MAX_RUNS));
    }
    double scale = options.scale();
    Set<GuestProgram> programs = options.chosen(Target.LINUX);
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    GuestCompiler compiler = GuestCompiler.of(workbench, processes);
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator.OfBoards> emulators = common.boards(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    Image image = BootImage.pull(workbench, processes);
    BootFiles files =
        new BootFiles(
            image.kernel(),
            initrd(image, programs, compiler),
            image.commandLine() + " TERM=dumb", // no echo, no line editor
            List.of());
    ProgramBoot boot = new ProgramBoot(files, programs, scale, runs, processes, workbench::say);
    Map<Emulator.OfBoards, List<ProgramBoot.Boot>> boots =
        Turns.take(rounds, emulators, boot::take, workbench::say);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("scale", Double.toString(scale));
    settings.put("runs in a boot", Integer.toString(runs));
    settings.put("memory", Emulator.MEMORY);
    settings.put("compiler", compiler.version());
    image.versions().forEach(settings::put);
    List<Workload> workloads = programs.stream().map(program -> workload(program, boots)).toList();
    workbench.publish(
        Report.of("compute", began, rounds, settings, host, contenders, workloads), common);
    return 0;
  }

  private Path initrd(Image image, Set<GuestProgram> programs, GuestCompiler compiler)
      throws BenchFailure {
    Map<String, Path> added = new LinkedHashMap<>();
    for (GuestProgram program : programs) {
      added.put(ProgramBoot.path(program), compiler.linux(program));
    }
    return ExtendedInitrd.write(
        image.initrd(), added, workbench.root().resolve("bench/target/compute/initrd.cpio"));
  }

  private static Workload workload(
      GuestProgram program, Map<Emulator.OfBoards, List<ProgramBoot.Boot>> boots) {
    Map<Emulator, List<Runs>> runs = new LinkedHashMap<>();
    boots.forEach(
        (emulator, all) -> {
          List<Runs> each = new ArrayList<>();
          all.forEach(boot -> each.add(boot.programs().get(program)));
          runs.put(emulator, each);
        });
    return Workload.ofRuns(program.toString(), program.description(), runs);
  }
}
