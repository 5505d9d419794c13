package hospes.host.ports;

import hospes.host.HostException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A guest's console: what it says, kept as far as the scrollback goes, and what is typed at it.
///
/// Any number of readers may follow the output with [#attach]. [#expect] is for one conversation at
/// a time: it goes on where the last call stopped.
public final class GuestConsole {
  /// How long [#expect] waits where the caller does not say.
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Where a reader begins.
  public enum From {
    /// At the oldest output that is kept.
    SCROLLBACK,
    /// At what the guest says next.
    NOW
  }

  private static final int INPUT_CAPACITY = 64 * 1024;
  private static final int SHOWN = 400;

  private final String name;
  private final InputQueue input = new InputQueue(INPUT_CAPACITY);
  private final Scrollback scrollback = new Scrollback();
  private final ConsoleWriter writer;
  private long expected;

  /// @param name the guest's, for messages
  /// @param tee where output goes besides; the guest waits until it is taken
  public GuestConsole(String name, Optional<OutputStream> tee) {
    this.name = name;
    writer = new ConsoleWriter(new Output(tee));
  }

  private final class Output extends OutputStream {
    private final Optional<OutputStream> tee;

    Output(Optional<OutputStream> tee) {
      this.tee = tee;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      scrollback.append(bytes, offset, length);
      if (tee.isPresent()) {
        tee.get().write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      if (tee.isPresent()) {
        tee.get().flush();
      }
    }
  }

  /// Where the machine writes.
  public ConsoleWriter writer() {
    return writer;
  }

  /// What is typed, for a source of its own such as a terminal. Its end says that nothing will ever
  /// be typed again.
  public InputQueue input() {
    return input;
  }

  /// No more output will come, and no input is taken.
  public void finish() {
    scrollback.finish();
    input.end();
  }

  /// Types `text`, in UTF-8. Waits where the guest is far behind with reading.
  ///
  /// @throws HostException where the guest has ended
  public void send(String text) throws InterruptedException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Types bytes.
  ///
  /// @throws HostException where the guest has ended
  public void send(byte[] bytes) throws InterruptedException {
    if (scrollback.isFinished()) {
      throw new HostException("guest %s has ended: nobody reads its console".formatted(name));
    }
    input.put(bytes, bytes.length);
  }

  /// Waits until the guest says `text`, for [#PATIENCE] at most.
  ///
  /// @return its output since the last call, up to and with `text`
  /// @throws ConsoleException where it does not
  public String expect(String text) throws InterruptedException {
    return expect(text, PATIENCE);
  }

  /// Waits until the guest says `text`.
  ///
  /// @return its output since the last call, up to and with `text`
  /// @throws ConsoleException where it does not, within `patience`
  public String expect(String text, Duration patience) throws InterruptedException {
    return expect(
        Pattern.compile(bytesAsCharacters(text), Pattern.LITERAL), "\"" + text + "\"", patience);
  }

  /// Waits until the guest says something that `pattern` matches, which sees each byte as one
  /// character.
  ///
  /// @return its output since the last call, up to and with the match
  /// @throws ConsoleException where it does not, within `patience`
  public String expect(Pattern pattern, Duration patience) throws InterruptedException {
    return expect(pattern, "a match of " + pattern, patience);
  }

  private synchronized String expect(Pattern pattern, String what, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      expected = Math.max(expected, scrollback.begin());
      byte[] bytes = scrollback.from(expected);
      String said = new String(bytes, StandardCharsets.ISO_8859_1);
      Matcher matcher = pattern.matcher(said);
      if (matcher.find()) {
        expected += matcher.end();
        return new String(bytes, 0, matcher.end(), StandardCharsets.UTF_8);
      }
      long left = deadline - System.nanoTime();
      if (!scrollback.await(expected + bytes.length, left)) {
        throw new ConsoleException(
            "guest %s %s before it said %s; the last that it said is: %s"
                .formatted(
                    name,
                    scrollback.isFinished()
                        ? "ended"
                        : "was waited for %d ms".formatted(patience.toMillis()),
                    what,
                    tail(SHOWN).strip()));
      }
    }
  }

  private static String bytesAsCharacters(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// The last output, `limit` bytes of it at most.
  public String tail(int limit) {
    return new String(
        scrollback.from(Math.max(0, scrollback.end() - limit)), StandardCharsets.UTF_8);
  }

  /// All output that is kept.
  public String text() {
    return tail(Scrollback.CAPACITY);
  }

  /// A reader of its own, which follows the output to the guest's end.
  public ConsoleStream attach(From from) {
    return new ConsoleStream(
        scrollback,
        switch (from) {
          case SCROLLBACK -> scrollback.begin();
          case NOW -> scrollback.end();
        });
  }
}
