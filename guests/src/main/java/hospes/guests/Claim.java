package hospes.guests;

import java.util.List;
import java.util.Map;

/// What a kind makes of a file that it recognises.
public sealed interface Claim {
  /// How sure the kind is.
  Certainty certainty();

  /// The file can be started.
  ///
  /// @param what what it is and how it starts, as the end of "FILE is …"
  /// @param values what a plan gets by it, by the names of options
  record Startable(Certainty certainty, String what, Map<String, List<Value>> values)
      implements Claim {}

  /// The file belongs to this kind, but cannot be started.
  ///
  /// @param problem what it is and what to do, as the end of "FILE …"
  record Unusable(Certainty certainty, Problem problem) implements Claim {}

  /// How sure a kind is of a file.
  enum Certainty {
    /// It looks like one.
    LIKELY,
    /// It says so itself.
    CERTAIN
  }
}
