package hospes.memory;

import java.io.IOException;

/// Where the content of guest pages is that are not in host memory now: a snapshot that is restored
/// lazily, or a swap file.
///
/// Used by all threads that run guests of a [FramePool], at the same time. A source knows its
/// contents by keys of its own, from 0 to [#MOST_KEYS] - 1, and hears how many pages of guests
/// refer to each. Its `toString` tells the user where a page could not be read from.
public interface PageSource extends AutoCloseable {
  /// How many keys there can be.
  long MOST_KEYS = 1L << 40;

  /// Reads the content of a key into an array of [FramePool#FRAME_SIZE] bytes.
  ///
  /// @throws IOException where it cannot be read, or is damaged
  void read(long key, byte[] page) throws IOException;

  /// One more page of a guest refers to the key.
  default void retain(long key) {}

  /// One page fewer refers to the key.
  default void release(long key) {}

  /// No page refers to the source any more, and nobody holds a [Backing] of it.
  @Override
  void close();
}
