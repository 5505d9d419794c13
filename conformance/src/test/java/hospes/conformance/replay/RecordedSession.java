package hospes.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hospes.conformance.tiers.Tier;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.ReplayOptions;
import hospes.host.guest.RestoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A recorded run.
///
/// @param checkpoints how many states it holds besides the last one
/// @param snapshots those taken on the way
/// @param outcome how the guest ended
/// @param console all that it printed
record RecordedSession(
    Path journal, long checkpoints, List<Taken> snapshots, Outcome outcome, String console) {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /// A snapshot that was taken on the way.
  ///
  /// @param name of its file, beside the journal
  /// @param checkpoints how many states were written down before
  record Taken(String name, long checkpoints) {}

  /// Replays it in every way.
  void replays(Iterable<Tier> tiers) throws InterruptedException {
    for (Tier tier : tiers) {
      replays(tier);
    }
    for (Taken snapshot : snapshots) {
      replays(
          ReplayOptions.whole().from(snapshot.name),
          Tier.AUTO,
          checkpoints - snapshot.checkpoints + 1);
    }
  }

  /// Replays it from its beginning: all is as it was, to the last byte.
  void replays(Tier tier) throws InterruptedException {
    assertEquals(console, replays(ReplayOptions.whole(), tier, checkpoints + 1), tier.toString());
  }

  /// @return what it printed
  private String replays(ReplayOptions options, Tier tier, long states)
      throws InterruptedException {
    try (Host host = Host.open(new HostSettings(1));
        Guest guest =
            host.replay(journal, options.guest(RestoreOptions.defaults().engine(tier.engine())))) {
      Outcome replayed =
          guest
              .await(PATIENCE)
              .orElseThrow(() -> new AssertionError(tier + " does not come to the end"));
      switch (outcome.ending()) {
        case Ending.PoweredOff _, Ending.Stuck _ ->
            assertEquals(outcome.ending(), replayed.ending(), tier.toString());
        case Ending.Stopped _ ->
            assertEquals(
                new Ending.Replayed(outcome.ending().words(), states),
                replayed.ending(),
                tier.toString());
        default -> assertInstanceOf(Ending.Stopped.class, outcome.ending(), "how it was recorded");
      }
      assertEquals(outcome.instructions(), replayed.instructions(), tier.toString());
      assertEquals(states, guest.statesCompared(), tier + ": states compared");
      return guest.console().text();
    }
  }
}
