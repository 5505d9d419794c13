package hospes.cli;

import hospes.host.HostException;
import hospes.host.control.ControlServer;
import hospes.host.control.RuntimeFolder;
import hospes.host.control.Version;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestEvent;
import hospes.host.guest.GuestName;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.NameClaims;
import hospes.host.guest.Outcome;
import hospes.host.memory.MemoryShortage;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// A host process around one guest that the user starts, and its forks: in this terminal, or
/// detached.
final class GuestHosting {
  /// Where the guest is.
  enum Place {
    /// In this terminal.
    TERMINAL,
    /// In a process that no terminal belongs to.
    DETACHED
  }

  /// Makes the guest, which waits for its console.
  interface Maker {
    /// @param console where its output goes besides the scrollback
    Guest make(Host host, GuestName name, Optional<OutputStream> console);
  }

  /// What is said at the end, while the guest is still there.
  interface Farewell {
    void say(Guest guest, Outcome outcome) throws InterruptedException;
  }

  private final CommandContext context;
  private final Narrator narrator;
  private final HostSettings settings;
  private final Place place;

  GuestHosting(CommandContext context, Narrator narrator, HostSettings settings, Place place) {
    this.context = context;
    this.narrator = narrator;
    this.settings = settings;
    this.place = place;
  }

  /// Runs a guest to its end, has `farewell` say so, and returns how it ended.
  Outcome run(GuestName name, Maker maker, GuestSession.Input input, Farewell farewell)
      throws CommandFailure, InterruptedException {
    Optional<RuntimeFolder> folder = folder(name);
    try (Optionally control = new Optionally(folder.map(this::control));
        Host host = Host.open(settings, claims(folder));
        Guest guest = maker.make(host, name, console());
        Exposing _ = expose(control.server(), guest, name.origin())) {
      guest.listen(event -> tellHalt(guest, event));
      Outcome outcome =
          switch (place) {
            case TERMINAL -> inTerminal(guest, input);
            case DETACHED -> detached(host, guest);
          };
      farewell.say(guest, outcome);
      return outcome;
    }
  }

  private void tellHalt(Guest guest, GuestEvent event) {
    if (event instanceof GuestEvent.Halted(MemoryShortage shortage)) {
      narrator.say(
          "guest %s is paused: %s; then: hospes resume %s"
              .formatted(guest.name(), Refusals.words(shortage), guest.name()));
    }
  }

  private Outcome inTerminal(Guest guest, GuestSession.Input input)
      throws CommandFailure, InterruptedException {
    try (ConsoleInput console = new ConsoleInput(context, narrator, input)) {
      console.connect(guest);
      begin(guest);
      return guest.await();
    }
  }

  private static Outcome detached(Host host, Guest guest) throws InterruptedException {
    Detachment.leaveTerminal();
    begin(guest);
    System.out.println(guest.name()); // tells the process that waits for us
    System.out.flush();
    Outcome outcome = guest.await();
    for (List<Guest> left = others(host, guest); !left.isEmpty(); left = others(host, guest)) {
      left.getFirst().await();
      left.getFirst().close();
    }
    return outcome;
  }

  private static List<Guest> others(Host host, Guest guest) {
    return host.guests().stream().filter(other -> other != guest).toList();
  }

  private static void begin(Guest guest) throws InterruptedException {
    if (guest.state() == GuestState.CREATED) {
      guest.start();
    } else {
      guest.resume();
    }
  }

  private Optional<OutputStream> console() {
    return switch (place) {
      case TERMINAL -> Optional.of(context.output());
      case DETACHED -> Optional.empty();
    };
  }

  private ControlServer.Legacy legacy() {
    return switch (place) {
      case TERMINAL -> ControlServer.Legacy.NOTHING;
      case DETACHED -> ControlServer.Legacy.RECORD;
    };
  }

  private ControlServer control(RuntimeFolder folder) {
    return new ControlServer(
        folder,
        new Version(hospes.cli.Version.number()),
        legacy(),
        outcome -> ExitCode.of(outcome.ending()),
        Refusals.WORDING);
  }

  /// A server that may not be there.
  private record Optionally(Optional<ControlServer> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(ControlServer::close);
    }
  }

  /// A guest becoming known to the user's other processes. Closing waits until it is.
  private record Exposing(Optional<Thread> thread) implements AutoCloseable {
    @Override
    public void close() {
      try {
        for (Thread running : thread.stream().toList()) {
          running.join();
        }
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Makes the guest known. One that the user gave no name does not wait for that: its start is
  /// waited for, and nobody can have asked for it yet.
  private Exposing expose(Optional<ControlServer> server, Guest guest, GuestName.Origin origin) {
    if (place == Place.TERMINAL && origin == GuestName.Origin.DERIVED) {
      return new Exposing(
          server.map(
              to ->
                  Thread.ofPlatform()
                      .daemon()
                      .name("hospes-expose")
                      .start(() -> tryToExpose(to, guest))));
    }
    server.ifPresent(to -> to.expose(guest));
    return new Exposing(Optional.empty());
  }

  private void tryToExpose(ControlServer server, Guest guest) {
    try {
      server.expose(guest);
    } catch (HostException unseen) {
      narrator.say("other commands do not see this guest: " + Refusals.words(unseen));
    }
  }

  /// Without a folder, a guest that the user did not name runs all the same, unseen.
  private Optional<RuntimeFolder> folder(GuestName name) {
    try {
      return Optional.of(RuntimeFolder.of(context.environment()));
    } catch (HostException unusable) {
      if (place == Place.DETACHED || name.origin() == GuestName.Origin.CHOSEN) {
        throw unusable;
      }
      return Optional.empty();
    }
  }

  /// A name that no guest of this user has is claimed before the guest is made.
  private static NameClaims claims(Optional<RuntimeFolder> folder) {
    return folder.map(RuntimeFolder::claims).orElseGet(NameClaims::none);
  }
}
