package hospes.guests;

import hospes.machine.Entropy;
import java.util.OptionalLong;

/// Which machine a machine is: all by which two that are otherwise equal differ.
public sealed interface Identity {
  /// The one that it was: it goes on exactly as it would have, also in what is random. For
  /// replaying, and where only one of the two goes on.
  record Same() implements Identity {}

  /// One of its own.
  ///
  /// @param name the guest's, for a host name or an address on a network
  /// @param seed of its randomness: [Entropy#SEED_BYTES] bytes
  /// @param timeOfDay in nanoseconds since 1970-01-01 00:00 UTC; empty where its clock goes on as
  /// it stands
  record Own(String name, byte[] seed, OptionalLong timeOfDay) implements Identity {
    /// @throws IllegalArgumentException unless the seed has [Entropy#SEED_BYTES] bytes
    public Own {
      if (seed.length != Entropy.SEED_BYTES) {
        throw new IllegalArgumentException(
            "a seed has %d bytes, not %d".formatted(Entropy.SEED_BYTES, seed.length));
      }
    }

    /// Its source of randomness.
    public Entropy entropy() {
      return new Entropy(seed);
    }
  }
}
