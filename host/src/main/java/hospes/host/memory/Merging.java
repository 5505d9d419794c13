package hospes.host.memory;

/// Whether guests of a host that hold the same share it.
public enum Merging {
  /// Pages that hold the same take one frame, whichever guests have them.
  ON,
  /// Guests share what a fork has from its parent, and nothing else. For guests that must not learn
  /// what others hold: how long a write takes tells whether a page was shared.
  OFF
}
