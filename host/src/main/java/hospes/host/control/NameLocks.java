package hospes.host.control;

import hospes.host.HostException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Locks of names among all processes of a user: one byte of a file for each, at a place that the
/// name says. The system takes back those of a process that ends, however it ends, so none is ever
/// left behind. The file stays empty.
final class NameLocks {
  /// The files that this process has locks of, each opened once and never closed: where a process
  /// closes a file, the system gives up all its locks of that file.
  private static final Map<Path, FileChannel> OPEN = new HashMap<>();

  private final Path file;
  private final Map<String, FileLock> held = new HashMap<>();

  /// Locks in `file`, which is made when it is first needed.
  NameLocks(Path file) {
    this.file = file;
  }

  /// Takes a name's lock.
  ///
  /// @return whether nobody had it
  /// @throws HostException where the file cannot be used
  synchronized boolean tryLock(String name) {
    if (held.containsKey(name)) {
      return false;
    }
    try {
      FileLock lock = channel(file).tryLock(place(name), 1, false);
      if (lock == null) {
        return false;
      }
      held.put(name, lock);
      return true;
    } catch (OverlappingFileLockException takenInThisProcess) {
      return false;
    } catch (IOException e) {
      throw new HostException("cannot lock a name in %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Whether a name's lock is ours.
  synchronized boolean has(String name) {
    return held.containsKey(name);
  }

  /// Gives a lock back, where it is ours.
  synchronized void unlock(String name) {
    FileLock lock = held.remove(name);
    if (lock != null) {
      try {
        lock.release();
      } catch (IOException e) {
        throw new HostException("cannot unlock a name in %s: %s".formatted(file, e), e);
      }
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    synchronized (OPEN) {
      FileChannel channel = OPEN.get(file);
      if (channel == null) {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        OPEN.put(file, channel);
      }
      return channel;
    }
  }

  /// 64-bit FNV-1a, without the sign. Two names in one place would only seem to be one.
  private static long place(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash >>> 2;
  }
}
