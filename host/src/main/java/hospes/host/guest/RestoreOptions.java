package hospes.host.guest;

import hospes.engine.EngineSettings;
import java.io.OutputStream;
import java.util.Optional;

/// How a snapshot is restored.
///
/// @param name the guest's name; empty: the one that it had, with a number where that is taken
/// @param console where its console's output goes besides the scrollback
/// @param state what it does then: [GuestState#RUNNING] or [GuestState#PAUSED]
/// @param engine how its code is executed; empty: as the host does it
/// @param identity whether it is the guest that was saved, or another one
public record RestoreOptions(
    Optional<GuestName> name,
    Optional<OutputStream> console,
    GuestState state,
    Optional<EngineSettings> engine,
    IdentityChoice identity) {
  /// As it was, and running.
  public static RestoreOptions defaults() {
    return new RestoreOptions(
        Optional.empty(),
        Optional.empty(),
        GuestState.RUNNING,
        Optional.empty(),
        IdentityChoice.SAME);
  }

  /// The same under a name.
  public RestoreOptions named(String newName) {
    return new RestoreOptions(
        Optional.of(GuestName.chosen(newName)), console, state, engine, identity);
  }

  /// The same, with its output going to a stream too.
  public RestoreOptions console(OutputStream newConsole) {
    return new RestoreOptions(name, Optional.of(newConsole), state, engine, identity);
  }

  /// The same, waiting for [Guest#resume].
  public RestoreOptions paused() {
    return new RestoreOptions(name, console, GuestState.PAUSED, engine, identity);
  }

  /// The same, as another machine: any number may be made of one snapshot.
  public RestoreOptions fresh() {
    return new RestoreOptions(name, console, state, engine, IdentityChoice.OWN);
  }

  /// The same, executed in another way.
  public RestoreOptions engine(EngineSettings settings) {
    return new RestoreOptions(name, console, state, Optional.of(settings), identity);
  }

  /// The same, as the machine that was saved.
  RestoreOptions same() {
    return new RestoreOptions(name, console, state, engine, IdentityChoice.SAME);
  }
}
