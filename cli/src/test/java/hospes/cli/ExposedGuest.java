package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.engine.EngineSettings;
import hospes.host.control.ControlServer;
import hospes.host.control.RuntimeFolder;
import hospes.host.control.Version;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Treatment;
import hospes.virt.Virt;
import java.nio.file.Path;
import java.util.Map;

/// The guest `w`, which is `hello` at its prompt, in a host of its own, for commands that look for
/// it in `folder`.
final class ExposedGuest implements AutoCloseable {
  private final Path folder;
  private final Host host = Host.open(new HostSettings(1));
  private final ControlServer server;
  private final Guest guest;

  ExposedGuest(Path folder) throws InterruptedException {
    this.folder = folder;
    server =
        new ControlServer(
            RuntimeFolder.of(Map.of("XDG_RUNTIME_DIR", folder.toString())),
            new Version("0.1.0"),
            ControlServer.Legacy.RECORD,
            outcome -> 3);
    guest = expose("w");
    guest.console().expect("hello> ");
  }

  /// One more guest.
  Guest expose(String name) {
    Guest exposed =
        host.start(
            Virt.hello().memory("16M").plan(),
            Treatment.named(name).engine(EngineSettings.interpreter()).labelled("hello"));
    server.expose(exposed);
    return exposed;
  }

  Guest guest() {
    return guest;
  }

  /// Runs a command that succeeds.
  String run(String... arguments) {
    Shell.Result result = new Shell(folder).run(arguments);
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    return result.out();
  }

  /// Runs a command that fails, and returns what it says.
  String fails(int exitCode, String... arguments) {
    Shell.Result result = new Shell(folder).run(arguments);
    assertEquals(exitCode, result.exitCode(), result.err());
    return result.err();
  }

  @Override
  public void close() {
    host.close();
    server.close(); // it writes into the folder
  }
}
