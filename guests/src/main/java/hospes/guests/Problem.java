package hospes.guests;

import java.util.Optional;

/// Why something is refused, told without the words of any command line.
///
/// @param text what is wrong, in one sentence or as the end of one
/// @param remedy what the user may do about it
public record Problem(String text, Optional<Remedy> remedy) {
  /// What the user may do about a problem. An `option` is the name of an option of the machine's
  /// kind, or of the host.
  public sealed interface Remedy {
    /// Name of the option.
    String option();

    /// Say it, with something that is missing.
    record Give(String option) implements Remedy {}

    /// Say another value.
    record Change(String option) implements Remedy {}

    /// Say a greater one.
    record Raise(String option) implements Remedy {}

    /// Leave some out.
    record LeaveOut(String option) implements Remedy {}
  }

  /// A problem for which there is no remedy, or whose text tells it.
  public static Problem of(String text) {
    return new Problem(text, Optional.empty());
  }

  /// The same with a remedy.
  public Problem but(Remedy newRemedy) {
    return new Problem(text, Optional.of(newRemedy));
  }
}
