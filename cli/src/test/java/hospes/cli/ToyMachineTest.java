package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.host.control.ControlServer;
import hospes.host.control.RuntimeFolder;
import hospes.host.control.Version;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.RestoreOptions;
import hospes.host.guest.Treatment;
import hospes.machine.Snapshot;
import hospes.testkit.toy.Toy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A kind of machine that is in the test kit alone has everything that the program offers, and no
/// file of the program names it: `docs/adding-a-machine.md` leaves nothing out.
@Timeout(60)
final class ToyMachineTest {
  @TempDir private Path folder;
  private String program = "";

  @BeforeEach
  void writeProgram() throws IOException {
    program = Files.write(folder.resolve("a.toy"), Toy.file(Toy.ECHO)).toString();
  }

  private Shell.Result run(String... arguments) {
    Shell.Result result = new Shell(folder).run(arguments);
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    return result;
  }

  @Test
  void itsFileIsRecognisedAndRuns() {
    Shell.Result result = new Shell(folder).typing("echo q").run("run", program, "--stats");
    assertEquals(7, result.exitCode(), result.err());
    assertEquals("echo q", result.guest());
    assertTrue(result.err().contains("a.toy is a program for a toy machine"), result.err());
    assertTrue(result.err().contains("instructions: "), result.err());
  }

  @Test
  void itsOptionsAreInTheHelpAndInTheCompletion() {
    String help = run("run", "--help").out();
    assertTrue(help.contains("For a toy machine:"), help);
    assertTrue(help.contains("--pages=N") && help.contains("(default: 1)"), help);
    assertTrue(help.contains("--program=FILE") && help.contains("--deaf"), help);
    assertTrue(run("completion", "bash").out().contains("--deaf"));
  }

  @Test
  void itsFileIsExplainedAndDisassembled() {
    String facts = run("info", program).out();
    assertTrue(facts.contains("kind:           a program for a toy machine"), facts);
    String text = run("disassemble", program).out();
    assertTrue(text.lines().anyMatch(line -> line.endsWith("jumpif r0, 113, 27")), text);
  }

  @Test
  void whatIsWrongWithItsFileIsOneLine() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "TOY1");
    Shell.Result refused = new Shell(folder).run("run", empty.toString());
    assertEquals(ExitCode.FAILURE, refused.exitCode());
    assertEquals(
        "hospes: %s is a toy program without an instruction\n".formatted(empty), refused.err());
  }

  /// A host of this process, with guests that the commands see.
  private final class Exposed implements AutoCloseable {
    private final Host host = Host.open(new HostSettings(1));
    private final ControlServer server =
        new ControlServer(
            RuntimeFolder.of(Map.of("XDG_RUNTIME_DIR", folder.toString())),
            new Version("0.1.0"),
            ControlServer.Legacy.NOTHING,
            outcome -> 0);

    Guest start(Plan plan, String name) throws InterruptedException {
      Guest guest =
          host.start(plan, Treatment.named(name).labelled("a.toy").clock(ClockMode.VIRTUAL));
      server.expose(guest);
      guest.console().send("x");
      guest.console().expect("x");
      return guest;
    }

    String hash(String name) throws InterruptedException {
      return host.guest(name).orElseThrow().look(Snapshot::hash);
    }

    @Override
    public void close() {
      host.close();
      server.close();
    }
  }

  @Test
  void itIsPausedForkedSavedRestoredAndReset() throws Exception {
    Path file = folder.resolve("w.snapshot");
    try (Exposed exposed = new Exposed()) {
      Guest guest = exposed.start(CommandPlan.of(program, "--pages", "2"), "w");
      assertTrue(
          run("ps").out().lines().anyMatch(line -> line.matches("w .*toy")), run("ps").out());
      run("pause", "w");
      assertEquals(GuestState.PAUSED, guest.state());
      String same = run("fork", "w", "--same-entropy").out().strip();
      String own = run("fork", "w").out().strip();
      run("snapshot", "w", file.toString());
      assertEquals(exposed.hash("w"), exposed.hash(same));
      assertNotEquals(exposed.hash("w"), exposed.hash(own));
      Guest restored =
          exposed.host.restore(file, RestoreOptions.defaults().named("again").paused());
      assertEquals(exposed.hash("w"), exposed.hash("again"));
      assertEquals("toy", restored.description().kind());
      assertEquals(8192, restored.description().memoryBytes());
      run("kill", own);
      for (String name : List.of("w", same, "again")) {
        Guest each = exposed.host.guest(name).orElseThrow();
        each.resume();
        each.console().send("y");
        each.console().expect("y");
        each.pause();
      }
      assertEquals(exposed.hash("w"), exposed.hash(same), "they went the same way");
      assertEquals(exposed.hash("w"), exposed.hash("again"), "they went the same way");
      restored.reset(); // from the file that the snapshot brought along
      restored.resume();
      restored.console().send("zq");
      assertEquals(new Ending.PoweredOff(7), restored.await().ending());
    }
    assertTrue(run("info", file.toString()).out().contains("toy"));
    Shell.Result restored = new Shell(folder).typing("last q").run("restore", file.toString());
    assertEquals(7, restored.exitCode(), restored.err());
    assertTrue(restored.guest().endsWith("last q"), restored.guest());
  }

  @Test
  void itIsRecordedAndReplayed() throws IOException {
    String journal = folder.resolve("a.journal").toString();
    Shell.Result recorded =
        new Shell(folder).typing("once q").run("run", program, "--record", journal);
    assertEquals(7, recorded.exitCode(), recorded.err());
    Files.delete(Path.of(program)); // the journal's snapshot brings it along
    Shell.Result replayed = new Shell(folder).run("replay", journal, "--verify");
    assertEquals(7, replayed.exitCode(), replayed.err());
    assertEquals("once q", replayed.guest());
    assertTrue(
        replayed.err().matches("(?s).*[1-9][0-9]* recorded states? (was|were) .*"), replayed.err());
    Shell.Result part = new Shell(folder).run("replay", journal, "--until", "1");
    assertEquals(ExitCode.SUCCESS, part.exitCode(), part.err());
    assertEquals("", part.guest());
    assertTrue(run("info", journal).out().contains("toy"), run("info", journal).out());
  }

  @Test
  void itsFlagReachesIt() throws Exception {
    try (Exposed exposed = new Exposed()) {
      exposed.start(CommandPlan.of(program, "--deaf"), "deaf");
      Shell.Result late = new Shell(folder).run("stop", "deaf", "--timeout", "100ms");
      assertEquals(ExitCode.FAILURE, late.exitCode(), late.err());
      exposed.start(CommandPlan.of(program), "hears");
      run("stop", "hears");
      run("kill", "deaf");
    }
  }
}
