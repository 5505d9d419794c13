package hospes.images;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Ends with an error when nothing comes for a while. The HTTP client itself waits for a body
/// forever.
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
    try {
      return patient(super.read());
    } catch (IOException e) {
      throw gaveUp ? impatient() : e;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    last = System.nanoTime();
    try {
      return patient(super.read(buffer, offset, length));
    } catch (IOException e) {
      throw gaveUp ? impatient() : e;
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }

  /// A stream that is closed while it is read may end or fail; neither must look like the mirror's
  /// doing.
  private int patient(int result) throws IOException {
    if (gaveUp) {
      throw impatient();
    }
    return result;
  }

  private IOException impatient() {
    return new IOException(
        "the mirror sent nothing for " + patience.toMillis() / 1000.0 + " seconds");
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
