package hospes.memory;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Pages that a test keeps, and how many guests' pages refer to each.
final class KeptPages implements PageSource {
  private final Map<Long, byte[]> pages = new HashMap<>();
  private final Map<Long, Integer> references = new HashMap<>();
  private final Set<Long> lost = new HashSet<>();
  private boolean closed;

  void keep(long key, byte[] page) {
    pages.put(key, page.clone());
  }

  /// From now on the key cannot be read.
  void lose(long key) {
    lost.add(key);
  }

  synchronized int references() {
    return references.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void read(long key, byte[] page) throws IOException {
    byte[] kept = pages.get(key);
    if (kept == null || lost.contains(key) || closed) {
      throw new IOException("page %d is damaged".formatted(key));
    }
    System.arraycopy(kept, 0, page, 0, page.length);
  }

  @Override
  public synchronized void retain(long key) {
    references.merge(key, 1, Integer::sum);
  }

  @Override
  public synchronized void release(long key) {
    references.merge(key, -1, Integer::sum);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "the test's pages";
  }
}
