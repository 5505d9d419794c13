package hospes.memory;

/// A [PageSource] as a pool knows it. As long as this is open, pages can be
/// [backed][FrameTable#back] by the source; the source is closed when this is, and no page refers
/// to it any more.
public final class Backing implements AutoCloseable {
  private final Backings backings;
  private final int number;
  private boolean closed;

  Backing(Backings backings, int number) {
    this.backings = backings;
    this.number = number;
  }

  /// What a [FrameTable] has for a page whose content is that of a key.
  long entry(long key) {
    if (key < 0 || key >= PageSource.MOST_KEYS) {
      throw new IllegalArgumentException("a page source has no key " + key);
    }
    return Backings.entry(number, key);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      backings.drop(number);
    }
  }
}
