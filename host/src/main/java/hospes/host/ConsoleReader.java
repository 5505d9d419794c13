package hospes.host;

import java.io.IOException;
import java.io.InputStream;

/// Reads a console's input in a thread of its own, which dies with the process.
public final class ConsoleReader {
  private static final int CHUNK = 4096;

  private ConsoleReader() {}

  /// Reads a pipe or file: waits where the guest does not keep up.
  public static void ofPipe(InputStream from, InputQueue to) {
    start(() -> pump(from, to, to::put));
  }

  /// Reads a terminal in raw mode: looks for commands, and drops keys that the guest does not take.
  public static void ofTerminal(InputStream from, InputQueue to, EscapeKeys keys) {
    start(() -> pump(from, to, (bytes, length) -> to.offer(bytes, keys.filter(bytes, length))));
  }

  private interface Sink {
    void accept(byte[] bytes, int length) throws InterruptedException;
  }

  private static void start(Runnable body) {
    Thread.ofPlatform().daemon().name("console-input").start(body);
  }

  private static void pump(InputStream from, InputQueue to, Sink sink) {
    byte[] bytes = new byte[CHUNK];
    try {
      int length;
      while ((length = from.read(bytes)) >= 0) {
        sink.accept(bytes, length);
      }
    } catch (IOException unreadable) {
      // the same as its end: nothing more will come
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      to.end();
    }
  }
}
