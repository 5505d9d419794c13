package hospes.host.ports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hospes.machine.Ask;
import hospes.machine.Reply;
import hospes.machine.Reply.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine has the files of its folder, and no others.
final class FolderServerTest {
  @TempDir private Path temporary;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FolderServer files;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    files = new FolderServer(folder);
  }

  private static List<Ask> everythingAbout(String name) {
    return List.of(
        new Ask.Stat(name),
        new Ask.ReadAt(name, 0, 10),
        new Ask.Replace(name, new byte[1]),
        new Ask.WriteAt(name, Ask.AT_END, new byte[1]),
        new Ask.WriteAt(name, 0, new byte[1]),
        new Ask.Rename(name, "other"),
        new Ask.Remove(name));
  }

  private Reply.Refused refusal(Ask what) {
    return assertInstanceOf(Reply.Refused.class, files.answer(what), what.toString());
  }

  @Test
  void aLinkInTheFolderLeadsNowhere() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside"), "mine");
    for (Ask what : everythingAbout("link")) {
      Files.deleteIfExists(folder.resolve("link"));
      Files.createSymbolicLink(folder.resolve("link"), outside);
      if (what instanceof Ask.Stat) {
        Reply.Facts facts = assertInstanceOf(Reply.Facts.class, files.answer(what));
        assertEquals(Reply.Kind.OTHER, facts.kind());
      } else {
        refusal(what);
      }
      assertEquals("mine", Files.readString(outside));
    }
  }

  @Test
  void namesWithAPathInThemLeadNowhere() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside"), "mine");
    for (String name : List.of("../outside", outside.toString(), "..", "a/b", "")) {
      for (Ask what : everythingAbout(name)) {
        refusal(what);
      }
    }
    Files.writeString(folder.resolve("a"), "a");
    refusal(new Ask.Rename("a", "../b"));
    assertEquals("mine", Files.readString(outside));
    assertEquals(List.of("folder", "outside"), names(temporary));
  }

  private static List<String> names(Path of) throws IOException {
    try (var all = Files.list(of)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesKeepWhatIsWritten() {
    assertInstanceOf(Reply.Done.class, files.answer(new Ask.Replace("a", new byte[] {1})));
    assertInstanceOf(
        Reply.Done.class, files.answer(new Ask.WriteAt("a", Ask.AT_END, new byte[] {2})));
    Reply.Content content =
        assertInstanceOf(Reply.Content.class, files.answer(new Ask.ReadAt("a", 0, 10)));
    assertArrayEquals(new byte[] {1, 2}, content.bytes());
    Reply.Refused none = refusal(new Ask.ReadAt("none", 0, 10));
    assertEquals(Problem.NOT_FOUND, none.problem());
    assertEquals("cannot read none: there is no such file", none.text());
  }
}
