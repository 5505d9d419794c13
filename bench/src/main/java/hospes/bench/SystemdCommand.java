package hospes.bench;

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

/// `bench/run systemd`: from the start of the process to the login prompt of a Debian on a disk.
@Command(
    name = "systemd",
    description =
        "Boots a minimal Debian trixie with systemd from a disk in Hospes and in QEMU, in turns, and"
            + " takes the time from the start of the process to the login prompt. The disk is made"
            + " on first use, which needs root, mmdebstrap and QEMU, and takes some minutes; every"
            + " boot gets a copy of it.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  bench/run systemd --rounds 3")
final class SystemdCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;

  private final Workbench workbench;

  @Mixin private CommonOptions common = new CommonOptions();

  SystemdCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator.OfBoards> emulators = common.boards(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    Image image = BootImage.pull(workbench, processes);
    SystemdDisk disk = SystemdDisk.ready(workbench, image);
    Map<Emulator.OfBoards, List<Sample>> samples =
        Turns.take(
            rounds,
            emulators,
            emulator ->
                processes.untilPrinted(
                    SystemdDisk.LOGIN, emulator.boot(disk.forOneBoot(), 1), emulator.environment()),
            workbench::say);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("memory", Emulator.MEMORY);
    settings.put("disk", disk.made());
    image.versions().forEach(settings::put);
    Workload boot =
        Workload.of(
            "systemd", "Debian trixie with systemd, from a disk", OptionalLong.empty(), samples);
    workbench.publish(
        Report.of("systemd", began, rounds, settings, host, contenders, List.of(boot)), common);
    return 0;
  }
}
