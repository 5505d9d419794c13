package hospes.host.ports;

import java.io.IOException;
import java.io.InputStream;

/// Reads a console's input in a thread of its own, to the end of the input or its own.
public final class ConsoleReader implements AutoCloseable {
  private static final int CHUNK = 4096;

  private final Thread thread;

  private ConsoleReader(Thread thread) {
    this.thread = thread;
  }

  /// Reads a pipe or file: waits where the guest does not keep up.
  public static ConsoleReader ofPipe(InputStream from, InputQueue to) {
    return start(() -> pump(from, to, to::put));
  }

  /// Reads a terminal in raw mode: looks for commands, and drops keys that the guest does not take.
  public static ConsoleReader ofTerminal(InputStream from, InputQueue to, EscapeKeys keys) {
    return start(
        () -> pump(from, to, (bytes, length) -> to.offer(bytes, keys.filter(bytes, length))));
  }

  private interface Sink {
    void accept(byte[] bytes, int length) throws InterruptedException;
  }

  private static ConsoleReader start(Runnable body) {
    return new ConsoleReader(Thread.ofPlatform().daemon().name("console-input").start(body));
  }

  /// Reads no more, where the input can be interrupted; it is closed then. A JVM in which a thread
  /// waits for input takes 0.3 s longer to end.
  @Override
  public void close() {
    thread.interrupt();
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
