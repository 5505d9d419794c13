package hospes.host.ports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.HostException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuestConsoleTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final GuestConsole console = new GuestConsole("w", Optional.empty());

  private void say(String text) {
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      console.writer().write(value);
    }
    console.writer().flush();
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.startVirtualThread(task);
    return task;
  }

  @Test
  void expectReturnsWhatWasSaidSinceTheLastTime() throws InterruptedException {
    say("booting\n~ # ls\nbin\n~ # ");
    assertEquals("booting\n~ # ", console.expect("~ # "));
    assertEquals("ls\nbin\n~ # ", console.expect("~ # "));
    assertThrows(ConsoleException.class, () -> console.expect("~ # ", AT_ONCE));
  }

  @Test
  void expectFindsWhatArrivesInPieces() throws Exception {
    FutureTask<String> expectation = start(() -> console.expect("größe: 42"));
    for (byte value : "Die größe: 42 nun".getBytes(StandardCharsets.UTF_8)) {
      console.writer().write(value);
      console.writer().flush();
    }
    assertEquals("Die größe: 42", expectation.get());
  }

  @Test
  void expectTakesAPattern() throws InterruptedException {
    say("load average: 0.42, 1.00");
    assertEquals("load average: 0.42", console.expect(Pattern.compile("\\d+\\.\\d+"), AT_ONCE));
  }

  @Test
  void whatIsNotSaidIsAnErrorThatShowsWhatWasSaid() throws Exception {
    say("Kernel panic");
    ConsoleException late =
        assertThrows(ConsoleException.class, () -> console.expect("~ #", AT_ONCE));
    assertTrue(late.getMessage().contains("Kernel panic"), late.getMessage());
    FutureTask<String> expectation = start(() -> console.expect("~ #"));
    console.finish();
    Exception ended = assertThrows(Exception.class, expectation::get);
    assertTrue(ended.toString().contains("ended before it said"), ended.toString());
  }

  @Test
  void everyReaderGetsAllOutputToTheEnd() throws Exception {
    say("before ");
    List<FutureTask<String>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ConsoleStream stream = console.attach(GuestConsole.From.SCROLLBACK);
      readers.add(start(() -> new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
    }
    ConsoleStream late = console.attach(GuestConsole.From.NOW);
    say("after");
    console.finish();
    for (FutureTask<String> reader : readers) {
      assertEquals("before after", reader.get());
    }
    assertEquals("after", new String(late.readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void theScrollbackIsBoundedAndASlowReaderIsToldWhatItLost() throws IOException {
    ConsoleStream slow = console.attach(GuestConsole.From.NOW);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (int i = 0; said.size() < 3 * Scrollback.CAPACITY; i++) {
      String line = "line " + i + "\n";
      said.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      say(line);
    }
    console.finish();
    byte[] all = said.toByteArray();
    byte[] kept = slow.readAllBytes();
    assertEquals(Scrollback.CAPACITY, kept.length);
    assertEquals(all.length - kept.length, slow.lost());
    byte[] last = new byte[kept.length];
    System.arraycopy(all, all.length - kept.length, last, 0, kept.length);
    assertArrayEquals(last, kept);
    assertEquals(Scrollback.CAPACITY, console.text().length());
    assertTrue(console.tail(20).endsWith("\n"));
  }

  @Test
  void aGuestThatSaysNothingKeepsNothing() throws InterruptedException {
    assertEquals("", console.text());
    console.finish();
    assertThrows(HostException.class, () -> console.send("anybody?"));
  }

  @Test
  void theTeeGetsAllToo() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    GuestConsole both = new GuestConsole("w", Optional.of(shown));
    both.writer().write((byte) 'x');
    both.writer().flush();
    assertEquals("x", shown.toString(StandardCharsets.UTF_8));
    assertEquals("x", both.text());
    try {
      both.attach(GuestConsole.From.SCROLLBACK).close();
    } catch (UncheckedIOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
