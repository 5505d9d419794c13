package hospes.engine.translator;

/// How much is done for a region.
public enum Grade {
  /// Few instructions, plainly written: for code that is executed often, which much code is.
  QUICK(32),
  /// More instructions, with what is known of memory in local variables: for the little code in
  /// which a guest spends most of its time.
  THOROUGH(64);

  private final int limit;

  Grade(int limit) {
    this.limit = limit;
  }

  /// Most instructions of a region.
  int limit() {
    return limit;
  }
}
