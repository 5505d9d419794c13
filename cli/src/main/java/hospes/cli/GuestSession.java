package hospes.cli;

import hospes.engine.EngineSettings;
import hospes.host.CpuShare;
import hospes.host.DriveSpec;
import hospes.host.GuestName;
import hospes.host.Outcome;
import hospes.host.RunPolicy;
import hospes.host.Virt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A guest from power-on to its end, with its console, drives and time.
final class GuestSession {
  /// The machine that the user wants.
  record Hardware(long memoryBytes, int harts, List<DriveSpec> drives, EngineSettings engine) {}

  /// How the host is to treat it.
  ///
  /// @param name what the user calls it, if at all
  /// @param label what it is
  record Treatment(Optional<GuestName> name, String label, RunPolicy policy, CpuShare share) {}

  /// Where the guest's input comes from.
  enum Input {
    /// Standard input.
    STANDARD,
    /// Nowhere.
    NONE
  }

  /// What is printed at the end.
  enum Report {
    /// Only an unusual ending.
    ENDING_ONLY,
    /// The figures of `--stats` too.
    STATISTICS
  }

  private final Surroundings surroundings;
  private final Narrator narrator;
  private final BootPlan plan;
  private final Hardware hardware;
  private final Treatment treatment;

  GuestSession(
      Surroundings surroundings,
      Narrator narrator,
      BootPlan plan,
      Hardware hardware,
      Treatment treatment) {
    this.surroundings = surroundings;
    this.narrator = narrator;
    this.plan = plan;
    this.hardware = hardware;
    this.treatment = treatment;
  }

  /// Writes the device tree that the guest would get.
  void dumpDeviceTree(Path file) throws CommandFailure {
    byte[] tree = virt().describeTree();
    try {
      Files.write(file, tree);
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
    narrator.say("wrote %s (%d bytes)".formatted(file, tree.length));
  }

  /// Runs the guest to its end, and returns the program's exit code.
  int run(GuestHosting hosting, Input input, Report report)
      throws CommandFailure, InterruptedException {
    Outcome outcome =
        hosting.run(
            treatment.name().orElse(plan.name()),
            (host, free, console) -> {
              Virt virt = virt().name(free);
              console.ifPresent(virt::console);
              return host.create(virt.labelled(treatment.label()));
            },
            input,
            (guest, ended) -> {
              guest.driveFailures().forEach(this::tellFailure);
              Endings.tell(narrator, ended.ending(), treatment.policy());
              if (report == Report.STATISTICS) {
                RunStatistics.tell(narrator, guest, ended);
              }
            });
    return ExitCode.of(outcome.ending());
  }

  private Virt virt() {
    Virt virt =
        plan.virt()
            .memory(hardware.memoryBytes())
            .harts(hardware.harts())
            .engine(hardware.engine())
            .policy(treatment.policy())
            .cpu(treatment.share())
            .builtBy(surroundings.machines());
    hardware.drives().forEach(virt::drive);
    return virt;
  }

  private void tellFailure(String drive, IOException failure) {
    narrator.say(
        "drive %s failed; the guest was told of an I/O error: %s"
            .formatted(drive, failure.getMessage()));
  }
}
