package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.testkit.TinyStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `hospes run --record` and `hospes replay`, as they are typed.
@Timeout(60)
final class ReplayCommandTest {
  @TempDir private Path folder;
  private String story = "";
  private Path journal = Path.of("");

  @BeforeEach
  void writeStory() throws IOException {
    story = Files.write(folder.resolve("story.z5"), TinyStory.echoing()).toString();
    journal = folder.resolve("played.journal");
  }

  private Shell.Result record(String typed) {
    return new Shell(folder).typing(typed).run("run", story, "--record", journal.toString());
  }

  private Shell.Result replay(String... options) {
    String[] arguments = new String[2 + options.length];
    arguments[0] = "replay";
    arguments[1] = journal.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return new Shell(folder).run(arguments);
  }

  private static void assertRefuses(int exitCode, String why, Shell.Result result) {
    assertEquals(exitCode, result.exitCode(), result.err());
    assertTrue(result.err().startsWith("hospes: ") && result.err().contains(why), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void aReplaySaysWhatWasSaid() {
    Shell.Result recorded = record("one\ntwo\nq\n");
    assertEquals(ExitCode.SUCCESS, recorded.exitCode(), recorded.err());
    for (String engine : new String[] {"first", "again"}) {
      Shell.Result replayed = replay("--verify", "--name", engine);
      assertEquals(ExitCode.SUCCESS, replayed.exitCode(), replayed.err());
      assertEquals(recorded.guest(), replayed.guest());
    }
  }

  @Test
  void aReplayEndsWhereItIsToldTo() {
    record("one\ntwo\nq\n");
    Shell.Result none = replay("--until", "0");
    assertEquals(ExitCode.SUCCESS, none.exitCode(), none.err());
    assertEquals("", none.guest());
    assertRefuses(ExitCode.USAGE, "--until must be 0 or more", replay("--until", "-1"));
  }

  @Test
  void whatCannotBeReplayedIsRefusedWithASentence() throws IOException {
    assertRefuses(ExitCode.FAILURE, "played.journal", replay());
    record("q\n");
    assertRefuses(ExitCode.FAILURE, "elsewhere", replay("--from", "elsewhere"));
    Path snapshot = folder.resolve("played.journal.snapshot");
    byte[] whole = Files.readAllBytes(snapshot);
    Files.delete(snapshot);
    assertRefuses(ExitCode.FAILURE, "played.journal.snapshot", replay());
    record("x\nq\n");
    Files.write(snapshot, whole);
    assertRefuses(ExitCode.FAILURE, "played.journal.snapshot", replay());
    Files.writeString(journal, "no journal");
    assertRefuses(ExitCode.FAILURE, "played.journal", replay());
  }

  @Test
  void aRecordingReplacesNothingUnasked() throws IOException {
    Files.writeString(journal, "of someone else");
    assertRefuses(ExitCode.FAILURE, "played.journal", record("q\n"));
    assertEquals("of someone else", Files.readString(journal));
  }
}
