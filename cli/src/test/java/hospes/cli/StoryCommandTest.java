package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.testkit.TinyStory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryCommandTest {
  @TempDir private Path folder;
  private String story = "";

  @BeforeEach
  void writeStory() throws IOException {
    story = Files.write(folder.resolve("story.z5"), TinyStory.echoing()).toString();
  }

  private Shell.Result run(Shell shell, String... options) {
    String[] arguments =
        Arrays.copyOf(
            new String[] {"run", story, "--save-folder", folder.toString()}, 4 + options.length);
    System.arraycopy(options, 0, arguments, 4, options.length);
    return shell.run(arguments);
  }

  private static void assertRefuses(int exitCode, String why, Shell.Result result) {
    assertTrue(result.err().startsWith("hospes: ") && result.err().contains(why), result.err());
    assertEquals(exitCode, result.exitCode());
  }

  @Test
  void aStoryReadsItsInputAndEnds() {
    Shell.Result result = run(new Shell(folder).typing("a\nb\nq\nc\n"));
    assertEquals("", result.err());
    assertEquals(ExitCode.SUCCESS, result.exitCode());
    assertTrue(result.guest().contains(">a>b>q"), result.guest());
  }

  @Test
  void theEndOfInputEndsAStory() {
    Shell.Result result = run(new Shell(folder).typing("a\n"));
    assertEquals(ExitCode.SUCCESS, result.exitCode());
    assertEquals(ExitCode.SUCCESS, run(new Shell(folder), "--no-input").exitCode());
  }

  @Test
  void aScriptIsTypedFirstAndWhatIsTypedIsRecorded() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "x\ny\n");
    Path recorded = folder.resolve("recorded");
    Shell.Result result =
        run(
            new Shell(folder).typing("z\nq\n"),
            "--script",
            script.toString(),
            "--script-out",
            recorded.toString());
    assertTrue(result.guest().contains(">x>y>z>q"), result.guest());
    assertEquals(List.of("x", "y", "z", "q"), Files.readAllLines(recorded));
  }

  @Test
  void runsOnVirtualTimeRepeatExactly() {
    List<String> states =
        List.of(1, 2).stream()
            .map(
                round ->
                    run(
                        new Shell(folder).typing("a\nq\n"),
                        "--clock",
                        "virtual",
                        "--stats",
                        "--engine",
                        round == 1 ? "interpreter" : "translator"))
            .map(result -> result.err().lines().filter(line -> line.startsWith("state: ")))
            .map(lines -> lines.findFirst().orElseThrow())
            .toList();
    assertEquals(states.get(0), states.get(1));
  }

  @Test
  void aLimitEndsAStory() {
    assertRefuses(
        ExitCode.LIMIT,
        "--max-instructions",
        run(new Shell(folder).typing("a\n"), "--max-instructions", "1"));
  }

  @Test
  void wrongOptionsAreUsageErrors() {
    assertRefuses(
        ExitCode.USAGE,
        "--harts is for an emulated RISC-V computer; this is a story",
        run(new Shell(folder), "--harts", "2"));
    assertRefuses(
        ExitCode.USAGE,
        "--plain is for a story for the Z-machine; this is",
        new Shell(folder).run("run", "hello", "--plain"));
  }

  @Test
  void filesThatCannotBeUsedAreOneLineOfError() throws IOException {
    assertRefuses(
        ExitCode.FAILURE,
        "is no folder",
        new Shell(folder).run("run", story, "--save-folder", folder.resolve("no").toString()));
    assertRefuses(
        ExitCode.FAILURE, "does not exist", run(new Shell(folder), "--script", "/nonexistent"));
    Path six = Files.write(folder.resolve("six"), TinyStory.ofVersion(6));
    assertRefuses(ExitCode.FAILURE, "version 6", new Shell(folder).run("run", six.toString()));
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(TinyStory.ofVersion(5), 1000));
    assertRefuses(ExitCode.FAILURE, "truncated", new Shell(folder).run("run", cut.toString()));
  }

  @Test
  void aStoryThatGoesWrongEndsWithItsTraceAndAnExitCode() throws IOException {
    byte[] wrong = TinyStory.ofVersion(5);
    ByteBuffer.wrap(wrong).putInt(0x400, 0x17050010); // div 5, 0 -> g0
    Path file = Files.write(folder.resolve("wrong.z5"), wrong);
    Shell.Result result = new Shell(folder).run("run", file.toString());
    assertRefuses(ExitCode.FAILURE, "the guest is stuck", result);
    assertTrue(result.err().contains("0x400") || result.err().contains("400"), result.err());
  }
}
