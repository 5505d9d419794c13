package hospes.images;

import java.util.Optional;

/// What the user asked for.
///
/// @param mirror the base address of a mirror of the Debian archive, which goes before all
/// configuration
/// @param freshness whether an image that is already there will do
public record PullOptions(Optional<String> mirror, Freshness freshness) {
  /// Whether an image that is already there will do.
  public enum Freshness {
    /// Ask the mirror for the current versions.
    CURRENT,
    /// Take any version that is there and sound; the mirror is asked only if there is none.
    ANY
  }

  /// The current versions, from the mirror that the machine is configured for.
  public static PullOptions current() {
    return new PullOptions(Optional.empty(), Freshness.CURRENT);
  }

  /// What is there, if this build of Hospes would make the same of it, or else the current versions
  /// from the mirror that the machine is configured for.
  public static PullOptions any() {
    return new PullOptions(Optional.empty(), Freshness.ANY);
  }

  /// The same with another mirror.
  public PullOptions from(String mirrorAddress) {
    return new PullOptions(Optional.of(mirrorAddress), freshness);
  }
}
