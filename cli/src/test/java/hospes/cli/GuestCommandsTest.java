package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.host.control.ControlServer;
import hospes.host.control.RuntimeFolder;
import hospes.host.control.Version;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Treatment;
import hospes.machine.Snapshot;
import hospes.virt.Virt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands over guests that live in another host; here, in another one of this process.
@Timeout(60)
class GuestCommandsTest {
  @TempDir private Path folder;

  private final Host host = Host.open(new HostSettings(1));

  @SuppressWarnings("NullAway.Init") // set before each test
  private ControlServer server;

  @BeforeEach
  void startGuest() throws InterruptedException {
    Guest guest =
        host.start(
            Virt.hello().memory("16M").plan(),
            Treatment.named("w").engine(EngineSettings.interpreter()));
    RuntimeFolder runtime = RuntimeFolder.of(Map.of("XDG_RUNTIME_DIR", folder.toString()));
    server =
        new ControlServer(runtime, new Version("0.1.0"), ControlServer.Legacy.RECORD, outcome -> 3);
    server.expose(guest);
    guest.console().expect("hello> ");
  }

  @AfterEach
  void closeHost() {
    host.close();
    server.close(); // it writes into the folder
  }

  private Shell.Result run(String... arguments) {
    Shell.Result result = new Shell(folder).run(arguments);
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    return result;
  }

  private GuestState state(String name) {
    return host.guest(name).orElseThrow().state();
  }

  @Test
  void aGuestIsSeenAndSteered() {
    assertTrue(run("ps").out().contains("\nw "), run("ps").out());
    run("pause", "w");
    assertEquals(GuestState.PAUSED, state("w"));
    assertTrue(run("ps").out().contains("paused"));
    run("resume", "w");
    assertEquals(GuestState.RUNNING, state("w"));
    assertTrue(run("inspect", "w").out().contains("\"harts\" : 1"));
    assertTrue(run("inspect", "w").out().contains("\"saved\" : "));
    assertTrue(run("stats").out().contains("w "));
    assertTrue(run("stats").out().contains("saved by sharing"));
    assertTrue(run("logs", "w").guest().contains("Type help"));
  }

  @Test
  void forksAreMadeByTheDozen() {
    String names = run("fork", "w", "-n", "12").out();
    assertEquals(12, names.lines().count());
    assertEquals(14, run("ps").out().lines().count());
    run("kill", "w-7");
    assertEquals(GuestState.RUNNING, state("w-8"));
  }

  @Test
  void forksAreReplaysOfTheirParentWhereThatIsWanted() throws InterruptedException {
    run("pause", "w");
    String same = run("fork", "w", "--same-entropy").out().strip();
    String own = run("fork", "w").out().strip();
    assertEquals(hash("w"), hash(same));
    assertNotEquals(hash("w"), hash(own));
  }

  private String hash(String name) throws InterruptedException {
    return host.guest(name).orElseThrow().look(Snapshot::hash);
  }

  @Test
  void aGuestThatDoesNotHearItsButtonStaysOnAndTheUserIsTold() {
    run("pause", "w"); // it hears nothing now
    Shell.Result refused = new Shell(folder).run("stop", "w");
    assertEquals(ExitCode.FAILURE, refused.exitCode());
    assertTrue(refused.err().contains("paused"), refused.err());
    run("resume", "w");
    run("stop", "w");
    assertFalse(run("ps").out().contains("running"));
  }

  @Test
  void aGuestThatIgnoresItsButtonStaysOnAndTheUserIsTold() throws InterruptedException {
    Guest deaf =
        host.start(
            Virt.bareMetal(Listener.program()).memory("16M").plan(), Treatment.named("deaf"));
    server.expose(deaf);
    deaf.console().expect("listening");
    Shell.Result late = new Shell(folder).run("stop", "deaf", "--timeout", "100ms");
    assertEquals(ExitCode.FAILURE, late.exitCode());
    assertEquals(
        "hospes: guest deaf did not switch itself off within 100ms; it may still do so, or end it:"
            + " hospes kill deaf",
        late.err().strip());
    assertEquals(GuestState.RUNNING, state("deaf"));
    run("kill", "deaf");
  }

  @Test
  void aSnapshotIsRestored() throws IOException {
    String file = folder.resolve("w.snapshot").toString();
    run("snapshot", "w", file);
    Shell.Result restored = new Shell(folder).typing("poweroff\r").run("restore", file);
    assertEquals(0, restored.exitCode(), restored.err());
    assertTrue(restored.guest().contains("poweroff"), restored.guest());
    byte[] good = Files.readAllBytes(Path.of(file));
    assertRefused("there is no such file", folder.resolve("none"));
    assertRefused("ends too early", good, good.length / 2, 0);
    assertRefused("does not match its checksum", good, good.length, 20);
    assertRefused("use a newer one", good, good.length, 8);
    assertRefused("no snapshot that Hospes has taken", good, good.length, 1);
  }

  private void assertRefused(String why, byte[] good, int length, int changed) throws IOException {
    byte[] bad = Arrays.copyOf(good, length);
    if (length == good.length) {
      bad[changed] ^= 0x10;
    }
    assertRefused(why, Files.write(folder.resolve("bad"), bad));
  }

  private void assertRefused(String why, Path file) {
    Shell.Result bad = new Shell(folder).run("restore", file.toString());
    assertEquals(ExitCode.FAILURE, bad.exitCode());
    assertTrue(bad.err().startsWith("hospes: "), bad.err());
    assertTrue(bad.err().contains(why), bad.err());
  }

  @Test
  void attachTypesAndShowsToTheEnd() {
    Shell.Result attached = new Shell(folder).typing("poweroff\r").run("attach", "w");
    assertEquals(ExitCode.SUCCESS, attached.exitCode(), attached.err());
    assertTrue(attached.guest().contains("hello> poweroff"), attached.guest());
  }

  @Test
  void whatEndedIsRememberedUntilItIsRemoved() {
    Shell.Result busy = new Shell(folder).run("rm", "w");
    assertEquals(ExitCode.FAILURE, busy.exitCode());
    assertTrue(busy.err().contains("hospes stop w"), busy.err());
    run("stop", "w");
    assertEquals(GuestState.STOPPED, state("w"));
    while (run("ps").out().contains("\nw ")) {
      Thread.onSpinWait(); // its record is written
    }
    assertTrue(run("ps", "-a").out().contains("powered off, exit code 3"));
    assertTrue(run("logs", "w").guest().contains("hello> "));
    assertTrue(run("inspect", "w").out().contains("\"stopped\""));
    run("rm", "w");
    assertFalse(run("ps", "-a").out().contains("\nw "));
  }

  @Test
  void aGuestThatIsNotThereIsAnErrorThatHelps() {
    for (String command :
        new String[] {"pause", "attach", "fork", "kill", "inspect", "logs", "rm"}) {
      Shell.Result result = new Shell(folder).run(command, "nobody");
      assertEquals(ExitCode.FAILURE, result.exitCode(), command);
      assertTrue(result.err().contains("hospes ps -a"), command + ": " + result.err());
    }
  }
}
