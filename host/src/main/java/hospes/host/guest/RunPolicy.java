package hospes.host.guest;

import java.time.Duration;
import java.util.Optional;

/// How a guest is run, and when it is ended.
///
/// @param clock what guest time follows
/// @param timeout wall-clock time after which the guest is ended; empty for none
/// @param maxInstructions executed instructions at which the guest is ended, exactly;
/// [Long#MAX_VALUE] for no end
public record RunPolicy(ClockMode clock, Optional<Duration> timeout, long maxInstructions) {
  /// A guest that runs until it ends by itself.
  public static RunPolicy unlimited(ClockMode clock) {
    return new RunPolicy(clock, Optional.empty(), Long.MAX_VALUE);
  }
}
