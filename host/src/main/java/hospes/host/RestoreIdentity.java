package hospes.host;

/// Whether a restored guest is the one that was saved.
public enum RestoreIdentity {
  /// It is: it goes on exactly, as if it had never stopped. For one guest of a snapshot.
  SAME,
  /// It is another machine that begins where the saved one was: it has random numbers of its own,
  /// and its real-time clock tells the time of day now. Linux notices (`microsoft,vmgenid`).
  FRESH
}
