package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.testkit.toy.Toy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs `hospes` in a terminal of its own, which `script` (util-linux) makes.
@Timeout(60)
class RawTerminalTest {
  private static final String CTRL_A = "\u0001";
  private static final String CTRL_C = "\u0003";

  /// Shows what is typed behind a dot, so that it is not taken for an echo of the terminal's.
  private static final String GUEST =
      """
             say "hello from the guest\\n"
      again: read r0
             jumpif r0, '7', off
             jumpif r0, '?', bug
             say "."
             print r0
             jump again
      off:   set r1, 7
             off r1
      bug:   bug
      """;

  @TempDir private Path folder;
  private Process terminal = new ProcessBuilder("true").start();
  private final StringBuilder screen = new StringBuilder();

  RawTerminalTest() throws IOException {}

  @BeforeEach
  void openTerminal() throws IOException {
    Path program = Files.write(folder.resolve("program"), Toy.file(GUEST));
    Path script =
        Files.writeString(
            folder.resolve("session.sh"),
            """
            cd '%s'
            stty -g >before
            sh -c 'echo $$ >pid; exec "%s" --enable-native-access=ALL-UNNAMED -cp "%s" hospes.cli.TerminalProbe run %s'
            echo $? >code
            stty -g >after
            """
                .formatted(
                    folder,
                    ProcessHandle.current().info().command().orElseThrow(),
                    System.getProperty("java.class.path"),
                    program));
    terminal =
        new ProcessBuilder("script", "-qec", "sh " + script, "/dev/null")
            .redirectErrorStream(true)
            .start();
    // The guest's output comes only once the terminal is switched.
    waitFor("hello from the guest");
  }

  @AfterEach
  void closeTerminal() {
    terminal.destroy();
  }

  private void waitFor(String text) throws IOException {
    InputStream in = terminal.getInputStream();
    while (screen.indexOf(text) < 0) {
      int next = in.read();
      assertTrue(next >= 0, "ended without \"%s\": %s".formatted(text, screen));
      screen.append((char) next);
    }
  }

  private void type(String keys) throws IOException {
    terminal.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
    terminal.getOutputStream().flush();
  }

  private String written(String file) throws IOException {
    return Files.readString(folder.resolve(file)).strip();
  }

  private void assertEndsRestored(int exitCode) throws IOException, InterruptedException {
    terminal.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    assertTrue(terminal.waitFor(30, TimeUnit.SECONDS));
    assertEquals(Integer.toString(exitCode), written("code"), screen.toString());
    assertEquals(written("before"), written("after"), "the terminal's settings");
  }

  @Test
  void keysReachTheGuestUnechoedAndCtrlCDoesNotEndHospes() throws Exception {
    type("a" + CTRL_C + "b");
    waitFor(".a." + CTRL_C + ".b");
    assertTrue(screen.indexOf("a" + CTRL_C) < 0, "echoed: " + screen);
    type("7");
    assertEndsRestored(7);
  }

  @Test
  void ctrlAXLeavesAndCtrlAHHelps() throws Exception {
    type(CTRL_A + "h");
    waitFor("this help");
    type(CTRL_A + "x");
    assertEndsRestored(ExitCode.SUCCESS);
  }

  @Test
  void aBugGivesTheTerminalBack() throws Exception {
    type("?");
    waitFor("internal error");
    assertEndsRestored(ExitCode.FAILURE);
  }

  @Test
  void sigtermGivesTheTerminalBack() throws Exception {
    long hospes = Long.parseLong(written("pid"));
    assertTrue(ProcessHandle.of(hospes).orElseThrow().destroy());
    assertEndsRestored(143);
  }
}
