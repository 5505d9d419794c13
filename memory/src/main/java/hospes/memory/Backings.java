package hospes.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page sources of a pool, each under a number, and how many pages refer to each.
///
/// What a frame table has for a page that is elsewhere is a negative number: the source's number
/// and the key. Safe for all threads that run guests.
final class Backings {
  private static final int KEY_BITS = 40;
  private static final long ABSENT = Long.MIN_VALUE;

  private static final class Use {
    private final PageSource source;
    private long count;

    Use(PageSource source) {
      this.source = source;
    }
  }

  private final List<@Nullable Use> uses = new ArrayList<>();

  /// Whether an entry of a frame table stands for a page that is elsewhere.
  static boolean isAbsent(long entry) {
    return entry < 0;
  }

  static long entry(int number, long key) {
    return ABSENT | (long) number << KEY_BITS | key;
  }

  private static int number(long entry) {
    return (int) ((entry & ~ABSENT) >>> KEY_BITS);
  }

  private static long key(long entry) {
    return entry & (1L << KEY_BITS) - 1;
  }

  synchronized Backing open(PageSource source) {
    int number = uses.indexOf(null);
    if (number < 0) {
      number = uses.size();
      uses.add(null);
    }
    Use use = new Use(source);
    use.count = 1;
    uses.set(number, use);
    return new Backing(this, number);
  }

  private Use use(int number) {
    Use use = uses.get(number);
    if (use == null) {
      throw new IllegalStateException("a page source was closed while a page refers to it");
    }
    return use;
  }

  /// One more page has this entry.
  void retain(long entry) {
    adopt(entry).retain(key(entry));
  }

  /// A page has this entry, whose key the source counted already.
  synchronized PageSource adopt(long entry) {
    Use use = use(number(entry));
    use.count++;
    return use.source;
  }

  /// One page fewer has this entry.
  void release(long entry) {
    source(entry).release(key(entry));
    drop(number(entry));
  }

  private synchronized PageSource source(long entry) {
    return use(number(entry)).source;
  }

  /// One reference to a source fewer.
  void drop(int number) {
    PageSource unused;
    synchronized (this) {
      Use use = use(number);
      if (--use.count > 0) {
        return;
      }
      uses.set(number, null);
      unused = use.source;
    }
    unused.close();
  }

  /// Reads the page that an entry stands for.
  ///
  /// @throws LostPageException where it cannot be read
  void read(long entry, byte[] page) {
    PageSource source = source(entry);
    try {
      source.read(key(entry), page);
    } catch (IOException unreadable) {
      throw new LostPageException(source, unreadable);
    }
  }
}
