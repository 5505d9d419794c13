package hospes.images;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Ends with an error when nothing comes for a while. The HTTP client itself waits for a body
// forever.
final class PatientInputStream extends FilterInputStream {
  private final Duration patience;
  private final Thread watch;
  private volatile long last = System.nanoTime();
  private volatile boolean gaveUp;

  PatientInputStream(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
    watch = Thread.ofVirtual().name("patience").start(this::watch);
  }

  @Override
  public int read() throws IOException {
    last = System.nanoTime();
    int c = super.read();
    requirePatience();
    return c;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    last = System.nanoTime();
    int n = super.read(buffer, offset, length);
    requirePatience();
    return n;
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }

  private void requirePatience() throws IOException {
    if (gaveUp) {
      throw new IOException("the mirror sent nothing for " + patience.toSeconds() + " seconds");
    }
  }

  private void watch() {
    try {
      for (long idle = 0; idle < patience.toNanos(); idle = System.nanoTime() - last) {
        Thread.sleep(Duration.ofNanos(patience.toNanos() - idle));
      }
      gaveUp = true;
      in.close();
    } catch (InterruptedException e) {
      // The reader is done.
    } catch (IOException e) {
      // The reader finds out by itself.
    }
  }
}
