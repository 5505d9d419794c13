package hospes.host.guest;

/// Whether a guest that is forked or restored is the same as before, or one of its own.
public enum IdentityChoice {
  /// It is the same: it goes on exactly, draws the same random numbers, and reads what was typed
  /// before. For a guest that is restored once, and for replaying.
  SAME,
  /// It is another machine that begins where the other one was: it has random numbers of its own,
  /// which a guest that listens notices. A restored one's hardware clock tells the time of day now.
  OWN
}
