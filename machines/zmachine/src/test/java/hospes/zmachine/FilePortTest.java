package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.Ask;
import hospes.machine.Outbox;
import hospes.machine.PortName;
import hospes.machine.RecordReader;
import hospes.machine.Reply;
import hospes.testkit.MemoryFolder;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePortTest {
  private final MemoryFolder folder = new MemoryFolder(new HashMap<>());
  private final Outbox outbox = new Outbox(folder);
  private final FilePort port = new FilePort(outbox);

  private void answer(Reply reply) {
    port.take(folder.open().removeFirst().request(), reply);
  }

  @ParameterizedTest
  @CsvSource({
    "story.qzl, true",
    "Märchen 2.sav, true",
    "'', false",
    "., false",
    ".., false",
    ".hidden, false",
    "../up, false",
    "a/b, false",
    "/etc/passwd, false",
    "a\\b, false",
    "C:x, false",
    "a\u0000b, false",
    "a\u0085b, false"
  })
  void onlyNamesWithinTheFolderArePlain(String name, boolean plain) {
    assertEquals(plain, FilePort.isPlainName(name));
  }

  @Test
  void aQuestionIsAnsweredOnce() throws FileException {
    port.read("a");
    assertEquals(
        new MemoryFolder.Asked(PortName.FILES, 1, new Ask.ReadAt("a", 0, (1 << 24) + 1)),
        folder.open().getFirst());
    assertTrue(port.isWaiting());
    assertFalse(port.isAnswered());

    port.take(7, new Reply.Done());
    assertTrue(port.isWaiting(), "that was none of ours");
    answer(new Reply.Content(new byte[] {1, 2}));
    assertFalse(port.isWaiting());
    assertFalse(outbox.isWaiting());
    assertArrayEquals(new byte[] {1, 2}, port.takeContent("a"));
    assertFalse(port.isAnswered());
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, x, cannot read a: there is no such file",
    "NOT_ALLOWED, x, this story may use no files",
    "WRONG_KIND, x, 'cannot read a: it is a link, a folder or a device'",
    "TOO_LARGE, x, cannot read a: it is longer than 16 MiB",
    "HOST_ERROR, the disk burns, cannot read a: the disk burns",
    "NO_SPACE, no space, cannot read a: no space",
    "LOST, '', cannot read a: the host cannot do it"
  })
  void whatIsRefusedIsToldInASentence(Reply.Problem problem, String text, String sentence) {
    port.read("a");
    answer(new Reply.Refused(problem, text));
    FileException e = assertThrows(FileException.class, () -> port.takeContent("a"));
    assertEquals(sentence, e.sentence());
  }

  @Test
  void answersOfAnotherShapeAreRefusals() {
    port.replace("a", new byte[1]);
    answer(new Reply.Content(new byte[1]));
    FileException e = assertThrows(FileException.class, () -> port.takeDone("write", "a"));
    assertEquals("cannot write a: the host answered something else", e.sentence());
    port.look("a");
    answer(new Reply.Done());
    assertFalse(port.takeExists());
  }

  @Test
  void tooLongFilesAreRefused() {
    port.read("a");
    answer(new Reply.Content(new byte[FilePort.MOST_BYTES + 1]));
    FileException e = assertThrows(FileException.class, () -> port.takeContent("a"));
    assertEquals("cannot read a: it is longer than 16 MiB", e.sentence());
  }

  @Test
  void onlyFilesAreThere() {
    for (Reply.Kind kind : Reply.Kind.values()) {
      port.look("a");
      answer(new Reply.Facts(kind, 1));
      assertEquals(kind == Reply.Kind.FILE, port.takeExists());
    }
  }

  @Test
  void questionsAndAnswersAreStates() throws FileException {
    FilePort copy = new FilePort(new Outbox(folder));
    port.append("a", new byte[] {1});
    copy.restore(new RecordReader(port.toRecord()));
    assertTrue(copy.isWaiting());
    answer(new Reply.Done());
    copy.restore(new RecordReader(port.toRecord()));
    assertTrue(copy.isAnswered());
    copy.takeDone("write to", "a");
  }
}
