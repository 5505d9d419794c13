package hospes.host;

/// What a fork shares with its parent besides state.
public enum ForkIdentity {
  /// The fork draws other random numbers than its parent from now on.
  OWN_ENTROPY,
  /// The fork draws the same random numbers as its parent, and reads what was typed at its parent
  /// before: for replay, and nothing else.
  SAME_ENTROPY
}
