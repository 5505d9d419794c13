package hospes.formats.snapshot;

import java.util.PrimitiveIterator;

/// A machine's memory, as the writer sees it.
public interface PageSource {
  /// Size of a page in bytes: a power of two from 512 to 65536.
  int pageSize();

  /// The numbers of all pages that may hold anything but zeros, ascending.
  PrimitiveIterator.OfLong touchedPages();

  /// Copies a page.
  void read(long page, byte[] to, int offset);
}
