package hospes.guests.facet;

import hospes.engine.EngineStatistics;

/// A machine that can tell what its engine did.
@FunctionalInterface
public interface Statistics {
  /// What the engine did so far.
  EngineStatistics engineStatistics();
}
