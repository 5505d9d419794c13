package hospes.host.guest;

import hospes.host.guest.Outcome.Ending;
import hospes.host.journal.Replay;
import hospes.host.journal.ReplayException;
import hospes.host.ports.PortRouter;
import hospes.machine.Machine;
import hospes.machine.StopReason;
import java.util.Optional;

/// Runs a machine as its journal says. What it asks of the outside is not done again: the answers
/// are in the journal.
final class ReplayRunner {
  private final Machine machine;
  private final PortRouter ports;
  private final Replay replay;

  ReplayRunner(Machine machine, PortRouter ports, Replay replay) {
    this.machine = machine;
    this.ports = ports;
    this.replay = replay;
    ports.forget();
  }

  /// One step; the end of the run, if it came.
  ///
  /// @param most instructions that a step has at most
  Optional<Ending> step(long most) {
    try {
      long limit = replay.feed(machine);
      if (replay.ending().isPresent()) {
        return Optional.of(new Ending.Replayed(replay.ending().get(), replay.checked()));
      }
      long now = machine.instructions();
      StopReason reason = machine.run(Math.min(most, Math.max(0, limit - now)));
      ports.forget();
      return after(reason, limit);
    } catch (ReplayException wrong) {
      return Optional.of(new Ending.Diverged(String.valueOf(wrong.getMessage())));
    }
  }

  private Optional<Ending> after(StopReason reason, long limit) throws ReplayException {
    return switch (reason) {
      case StopReason.BudgetSpent _, StopReason.Reset _ -> Optional.empty();
      case StopReason.Idle _ -> {
        if (machine.instructions() < limit) {
          yield Optional.of(
              new Ending.Diverged(
                  "the machine idles at instruction %d, but went on when it was recorded"
                      .formatted(machine.instructions())));
        }
        yield Optional.empty();
      }
      case StopReason.PoweredOff(int exitCode) -> ended(new Ending.PoweredOff(exitCode));
      case StopReason.Stuck(String why) -> ended(new Ending.Stuck(why));
      case StopReason.HostFault(String why, var _) -> Optional.of(new Ending.MemoryLost(why));
    };
  }

  private Optional<Ending> ended(Ending ending) throws ReplayException {
    long unused = replay.feed(machine);
    boolean isAtEnd = replay.ending().isPresent();
    return Optional.of(
        isAtEnd
            ? ending
            : new Ending.Diverged(
                "the machine ended at instruction %d, but went on when it was recorded"
                    .formatted(machine.instructions())));
  }
}
