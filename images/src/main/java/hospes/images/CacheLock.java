package hospes.images;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets one at a time write to a part of the cache, whichever process or thread it runs in.
public final class CacheLock implements AutoCloseable {
  /// File locks belong to the process, so they do not keep its own threads apart.
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private final FileChannel channel;
  private final boolean waited;

  private CacheLock(FileChannel channel, boolean waited) {
    this.channel = channel;
    this.waited = waited;
  }

  /// Takes the lock.
  ///
  /// @param onWait called once if somebody else has it, before waiting
  public static CacheLock take(Path file, Runnable onWait) throws IOException {
    boolean waited = false;
    if (!WITHIN_PROCESS.tryLock()) {
      waited = true;
      onWait.run();
      WITHIN_PROCESS.lock();
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (!locked(channel.tryLock())) {
          if (!waited) {
            waited = true;
            onWait.run();
          }
          locked(channel.lock());
        }
        return new CacheLock(channel, waited);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      WITHIN_PROCESS.unlock();
      throw e;
    }
  }

  /// Whether somebody else had the lock first.
  public boolean waited() {
    return waited;
  }

  /// Gives the lock back. The file stays: removing it would let two processes lock two files of one
  /// name.
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  private static boolean locked(@Nullable FileLock lock) {
    return lock != null;
  }
}
