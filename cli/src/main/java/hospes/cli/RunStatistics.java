package hospes.cli;

import hospes.guests.facet.Statistics;
import hospes.host.guest.Guest;
import hospes.host.guest.Outcome;
import hospes.machine.Snapshot;
import java.util.List;
import java.util.Locale;

/// What `--stats` prints.
final class RunStatistics {
  private RunStatistics() {}

  /// Prints the figures of a run that has ended.
  static void tell(Narrator narrator, Guest guest, Outcome outcome) throws InterruptedException {
    // Before the state is looked at: for that the machine forgets its regions.
    List<String> engine =
        guest.look(
            machine ->
                machine
                    .facet(Statistics.class)
                    .map(counted -> EngineReport.lines(counted.engineStatistics()))
                    .orElse(List.of()));
    narrator.line("instructions: " + outcome.instructions());
    narrator.line("state: " + guest.look(Snapshot::hash));
    narrator.line("mips: " + String.format(Locale.ROOT, "%.1f", outcome.mips()));
    narrator.line("wall: " + String.format(Locale.ROOT, "%.3f s", outcome.wall().toNanos() / 1e9));
    engine.forEach(narrator::line);
  }
}
