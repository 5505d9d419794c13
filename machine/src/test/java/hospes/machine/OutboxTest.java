package hospes.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a machine asked for is not forgotten: not by saving it, and not by a host that is gone.
final class OutboxTest {
  private record Asked(PortName port, long request, String what) {}

  private final List<Asked> asked = new ArrayList<>();
  private final Outbox outbox =
      new Outbox((port, request, what) -> asked.add(new Asked(port, request, text(what))));

  private static String text(Ask what) {
    return what instanceof Ask.WriteAt(String path, long at, byte[] bytes)
        ? "write %s %d %s".formatted(path, at, List.of(bytes.length))
        : what.toString();
  }

  private void askForAll() {
    outbox.ask(PortName.FILES, new Ask.Open("a", Ask.Opening.CREATE));
    outbox.ask(PortName.FILES, new Ask.ReadAt("b", 1, 2));
    outbox.ask(PortName.FILES, new Ask.WriteAt("c", Ask.AT_END, new byte[] {1, 2, 3}));
    outbox.ask(PortName.FILES, new Ask.Stat("e"));
    outbox.ask(PortName.FILES, new Ask.List("f"));
    outbox.ask(PortName.FILES, new Ask.Remove("g"));
    outbox.ask(PortName.FILES, new Ask.Rename("h", "i"));
    outbox.ask(PortName.FILES, new Ask.Lock("j", 3, 4, Ask.LockMode.SHARED));
    outbox.ask(PortName.CONSOLE, new Ask.Line("k"));
  }

  @Test
  void eachAnswerSettlesItsQuestionOnce() {
    long first = outbox.ask(PortName.FILES, new Ask.Stat("a"));
    long second = outbox.ask(PortName.FILES, new Ask.Stat("b"));
    assertEquals(
        Optional.of(new Outbox.Open(PortName.FILES, new Ask.Stat("b"))), outbox.settle(second));
    assertEquals(Optional.empty(), outbox.settle(second));
    assertTrue(outbox.isWaiting());
    assertTrue(outbox.settle(first).isPresent());
    assertFalse(outbox.isWaiting());
  }

  @Test
  void whatIsOpenIsAskedAgainAfterARestore() {
    askForAll();
    List<Asked> before = List.copyOf(asked);
    StateRecord saved = outbox.toRecord();
    asked.clear();
    outbox.restore(new RecordReader(saved));
    assertEquals(List.of(), asked);
    outbox.askAgain();
    assertEquals(before, asked);
    assertEquals(before.size() + 1, outbox.ask(PortName.FILES, new Ask.Stat("x")));
  }

  @Test
  void aDamagedRecordIsRefused() {
    askForAll();
    byte[] whole = outbox.toRecord().bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(
          SnapshotException.class,
          () -> outbox.restore(new RecordReader(new StateRecord("outbox", 1, cut))));
    }
  }
}
