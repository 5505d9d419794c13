package hospes.host.guest;

import hospes.guests.Identity;
import hospes.machine.Entropy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Names, seeds and times for machines: the only place where the host's randomness and calendar
/// enter one.
public final class Identities {
  /// 2026-01-01T00:00:00Z.
  private static final Instant VIRTUAL_START = Instant.ofEpochSecond(1_767_225_600);

  private static final SecureRandom RANDOM = new SecureRandom();

  private Identities() {}

  /// Of a machine at power-on: the same every time for a run that is to be repeated.
  public static Identity.Own atPowerOn(String name, ClockMode clock) {
    return switch (clock) {
      case HOST -> new Identity.Own(name, seed(), OptionalLong.of(now()));
      case VIRTUAL ->
          new Identity.Own(
              name, new byte[Entropy.SEED_BYTES], OptionalLong.of(nanoseconds(VIRTUAL_START)));
    };
  }

  /// Of a machine at power-on whose calendar stands at 1970, by which it can tell that the time is
  /// yet to come.
  public static Identity.Own withoutTime(String name) {
    return new Identity.Own(name, seed(), OptionalLong.of(0));
  }

  /// Of a fork.
  static Identity ofFork(String name, IdentityChoice choice) {
    return switch (choice) {
      case SAME -> new Identity.Same();
      case OWN -> new Identity.Own(name, seed(), OptionalLong.empty());
    };
  }

  /// Of a machine that is restored.
  public static Identity ofRestored(String name, IdentityChoice choice) {
    return switch (choice) {
      case SAME -> new Identity.Same();
      case OWN -> new Identity.Own(name, seed(), OptionalLong.of(now()));
    };
  }

  private static byte[] seed() {
    byte[] seed = new byte[Entropy.SEED_BYTES];
    RANDOM.nextBytes(seed);
    return seed;
  }

  private static long now() {
    return nanoseconds(Instant.now());
  }

  private static long nanoseconds(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }
}
