package hospes.host.ports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/// A guest's console output as one reader sees it: waits for more, and ends where the guest ends.
///
/// A reader that is slower than the guest by more than the scrollback loses the oldest output;
/// [#lost] tells how much.
public final class ConsoleStream extends InputStream {
  private final Scrollback scrollback;
  private volatile long position;
  private volatile long lost;
  private volatile boolean closed;

  ConsoleStream(Scrollback scrollback, long position) {
    this.scrollback = scrollback;
    this.position = position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      if (closed || !scrollback.await(position)) {
        return -1;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the guest's output");
    }
    long begin = scrollback.begin();
    if (begin > position) {
      lost += begin - position;
      position = begin;
    }
    byte[] bytes = scrollback.from(position);
    int got = Math.min(bytes.length, length);
    System.arraycopy(bytes, 0, to, offset, got);
    position += got;
    return got;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, scrollback.end() - position);
  }

  /// Bytes of output that this reader was too slow for.
  public long lost() {
    return lost;
  }

  @Override
  public void close() {
    closed = true;
  }
}
