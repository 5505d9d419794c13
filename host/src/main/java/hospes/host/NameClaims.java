package hospes.host;

/// Claims to guests' names beyond one host: two hosts of one user must not give the same name to
/// their guests.
public interface NameClaims {
  /// Claims a name for a guest that is about to be, until it is [released][#release].
  ///
  /// @return whether nobody else has it
  boolean claim(String name);

  /// Gives a claim up, where there is one.
  void release(String name);

  /// Claims of a host that no other one knows of.
  static NameClaims none() {
    return new NameClaims() {
      @Override
      public boolean claim(String name) {
        return true;
      }

      @Override
      public void release(String name) {}
    };
  }
}
