package hospes.host.guest;

import hospes.formats.snapshot.PageSource;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/// Memory that nobody touched.
final class NoPages implements PageSource {
  @Override
  public int pageSize() {
    return 4096;
  }

  @Override
  public PrimitiveIterator.OfLong touchedPages() {
    return LongStream.empty().iterator();
  }

  @Override
  public void read(long page, byte[] to, int offset) {
    throw new AssertionError("there are no pages");
  }
}
