package hospes.host;

/// Whether a restored guest is the one that was saved.
public enum RestoreIdentity {
  /// It is: it goes on exactly, as if it had never stopped. For one guest of a snapshot.
  SAME,
  /// It is another machine that begins where the saved one was: it has random numbers of its own,
  /// which Linux notices (`microsoft,vmgenid`), and its hardware clock tells the time of day now,
  /// which a running Linux takes over when it is told to (`hwclock -s`).
  FRESH
}
