package hospes.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// An emulator whose guest is watched and typed to. Times are the host's, taken when the guest's
/// bytes arrive: no guest's clock is trusted.
final class GuestConsole implements AutoCloseable {
  private final List<String> command;
  private final Duration timeout;
  private final Process process;
  private final InputStream output;
  private final OutputStream input;
  private final Transcript transcript = new Transcript();
  private final byte[] buffer = new byte[8192];
  private final Moment start;
  private long arrival;

  /// A point in time of a process.
  ///
  /// @param nanoseconds of the host's monotonic clock
  /// @param processor nanoseconds that all threads of the process have spent so far; the system
  /// counts them in hundredths of a second
  record Moment(long nanoseconds, long processor) {
    /// What passed since an earlier moment.
    Sample since(Moment earlier) {
      return new Sample(
          (nanoseconds - earlier.nanoseconds) / 1e9, (processor - earlier.processor) / 1e9);
    }
  }

  /// An awaited text and when its last byte was there.
  record Seen(MatchResult match, Moment moment) {}

  private GuestConsole(List<String> command, Duration timeout, Process process, Moment start) {
    this.command = command;
    this.timeout = timeout;
    this.process = process;
    this.output = process.getInputStream();
    this.input = process.getOutputStream();
    this.start = start;
    this.arrival = start.nanoseconds();
  }

  /// Starts an emulator with its console in pipes. Its input stays open.
  ///
  /// @param timeout an awaited text that takes longer has failed
  static GuestConsole open(List<String> command, Map<String, String> environment, Duration timeout)
      throws BenchFailure {
    Moment start = new Moment(System.nanoTime(), 0);
    return new GuestConsole(command, timeout, GuestProcess.start(command, environment), start);
  }

  /// When the process was started.
  Moment start() {
    return start;
  }

  /// Waits for a text behind the one that was awaited before.
  ///
  /// @param pattern as for [Transcript#find(Pattern)]
  Seen await(Pattern pattern) throws BenchFailure {
    ProcessTree.Watchdog watchdog = new ProcessTree.Watchdog(process, timeout);
    Optional<MatchResult> match = transcript.find(pattern);
    boolean open = true;
    try {
      while (match.isEmpty() && open) {
        open = read();
        match = transcript.find(pattern);
      }
    } catch (IOException e) {
      watchdog.barked();
      throw new BenchFailure("lost the console of %s".formatted(command.getFirst()), e);
    }
    long processor = processor();
    if (watchdog.barked()) {
      throw failed("did not print \"%s\" within %d s".formatted(pattern, timeout.toSeconds()));
    }
    if (match.isEmpty()) {
      throw failed("ended without printing \"%s\"".formatted(pattern));
    }
    return new Seen(match.get(), new Moment(arrival, processor));
  }

  /// The moment that it is.
  Moment now() {
    return new Moment(System.nanoTime(), processor());
  }

  private long processor() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /// Waits for a text as it stands.
  Seen await(String text) throws BenchFailure {
    return await(Pattern.compile(text, Pattern.LITERAL));
  }

  /// Types a line.
  void type(String line) throws BenchFailure {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw failed("does not read its input any more");
    }
  }

  /// Waits until the guest has switched itself off.
  void awaitEnd() throws BenchFailure {
    ProcessTree.Watchdog watchdog = new ProcessTree.Watchdog(process, timeout);
    try {
      while (read()) {
        // what it still prints is kept for messages of errors
      }
      int status = process.waitFor();
      if (watchdog.barked()) {
        throw failed("did not end within %d s".formatted(timeout.toSeconds()));
      }
      if (status != 0) {
        throw failed("ended with exit code %d".formatted(status));
      }
    } catch (IOException e) {
      throw new BenchFailure("lost the console of %s".formatted(command.getFirst()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } finally {
      watchdog.barked();
    }
  }

  /// A failure of this guest, shown with its last lines.
  BenchFailure failed(String how) {
    return GuestProcess.failed(how, command, transcript.text());
  }

  /// Ends the guest.
  @Override
  public void close() {
    ProcessTree.end(process);
  }

  private boolean read() throws IOException {
    int length = output.read(buffer);
    if (length <= 0) {
      return false;
    }
    arrival = System.nanoTime();
    transcript.append(buffer, length);
    return true;
  }
}
