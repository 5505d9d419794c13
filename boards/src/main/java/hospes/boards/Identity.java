package hospes.boards;

/// Whether a forked machine is told that it is another one than its parent.
public sealed interface Identity {
  /// It is not: it goes on exactly as its parent would, also in what is random. For replaying, and
  /// where only one of the two goes on.
  record Same() implements Identity {}

  /// It is: its generation id changes, and its entropy begins anew.
  ///
  /// @param seed of the entropy: [Entropy#SEED_BYTES] bytes
  record Fresh(byte[] seed) implements Identity {}
}
