package hospes.bench;

import hospes.bench.Emulator.BootFiles;
import hospes.bench.Report.Contender;
import hospes.bench.Report.Workload;
import hospes.images.Image;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/run boot`: from the start of the process to the guest's shell prompt.
@Command(
    name = "boot",
    description =
        "Boots the image of `hospes pull debian` in Hospes and in QEMU, in turns, and takes the time"
            + " from the start of the process to the prompt of the guest's shell.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  bench/run boot --against main=../main --rounds 3")
final class BootCommand implements Callable<Integer> {
  private static final int ROUNDS = 5;
  private static final int MAX_HARTS = 8;

  private final Workbench workbench;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--harts",
      paramLabel = "N",
      defaultValue = "1",
      description = "Harts of the guest, 1 to 8 (default: ${DEFAULT-VALUE}).")
  private int harts;

  BootCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    if (harts < 1 || harts > MAX_HARTS) {
      throw new BenchFailure("--harts %d: the board has 1 to %d".formatted(harts, MAX_HARTS));
    }
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator.OfBoards> emulators = common.boards(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    Image image = BootImage.pull(workbench, processes);
    BootFiles files = new BootFiles(image.kernel(), image.initrd(), image.commandLine(), List.of());
    Map<Emulator.OfBoards, List<Sample>> samples =
        Turns.take(
            rounds,
            emulators,
            emulator ->
                processes.untilPrinted(
                    BootImage.PROMPT, emulator.boot(files, harts), emulator.environment()),
            workbench::say);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("harts", Integer.toString(harts));
    settings.put("memory", Emulator.MEMORY);
    image.versions().forEach(settings::put);
    Workload boot = Workload.of("debian", image.description(), OptionalLong.empty(), samples);
    workbench.publish(
        Report.of("boot", began, rounds, settings, host, contenders, List.of(boot)), common);
    return 0;
  }
}
