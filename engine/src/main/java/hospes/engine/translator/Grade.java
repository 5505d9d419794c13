package hospes.engine.translator;

/// How much is done for a region.
public enum Grade {
  /// Few instructions of one page, plainly written: for code that is executed often, which much
  /// code is. It can be entered wherever its page stands.
  QUICK(32, 1),
  /// More instructions, also of neighbouring pages, with what is known of memory in local
  /// variables: for the little code in which a guest spends most of its time.
  THOROUGH(64, 4);

  private final int limit;
  private final int pages;

  Grade(int limit, int pages) {
    this.limit = limit;
    this.pages = pages;
  }

  /// Most instructions of a region.
  int limit() {
    return limit;
  }

  /// Most pages that a region lies in.
  int pages() {
    return pages;
  }
}
