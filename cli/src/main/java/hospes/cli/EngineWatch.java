package hospes.cli;

import hospes.engine.EngineObserver;
import hospes.engine.Introspection;
import hospes.engine.Introspection.RegionDump;
import hospes.engine.translator.EngineDebugging;
import hospes.host.engine.FlightRecording;
import hospes.host.engine.RegionFolder;
import hospes.host.engine.RegionTrace;
import hospes.host.engine.TraceException;
import java.nio.file.Path;
import java.util.Optional;

/// What the user wants to see of the engine while a guest runs, and the files that it goes to.
final class EngineWatch implements AutoCloseable {
  private final Narrator narrator;
  private final EngineDebugging debugging;
  private final Optional<RegionTrace> trace;
  private final Optional<RegionFolder> folder;

  private EngineWatch(
      Narrator narrator,
      EngineDebugging debugging,
      Optional<RegionTrace> trace,
      Optional<RegionFolder> folder) {
    this.narrator = narrator;
    this.debugging = debugging;
    this.trace = trace;
    this.folder = folder;
  }

  /// Opens the files.
  ///
  /// @param trace where to write what happens to regions
  /// @throws TraceException where a file or folder cannot be written
  static EngineWatch open(Optional<Path> trace, EngineDebugOption debug, Narrator narrator)
      throws TraceException {
    Optional<RegionFolder> folder =
        switch (debug.debugging()) {
          case NONE, CALLS -> Optional.empty();
          case DUMP -> Optional.of(RegionFolder.open(debug.folder()));
        };
    Optional<RegionTrace> file =
        trace.isPresent() ? Optional.of(RegionTrace.open(trace.get())) : Optional.empty();
    return new EngineWatch(narrator, debug.debugging(), file, folder);
  }

  /// For the engine.
  Introspection introspection() {
    EngineObserver events = new FlightRecording();
    return new Introspection(
        debugging,
        folder.<RegionDump>map(open -> open).orElse((name, classFile, listing) -> {}),
        trace.map(open -> open.and(events)).orElse(events),
        System::nanoTime);
  }

  /// Closes the files, and says what could not be written.
  @Override
  public void close() {
    trace.ifPresent(RegionTrace::close);
    trace.flatMap(RegionTrace::failure).ifPresent(narrator::say);
    folder.flatMap(RegionFolder::failure).ifPresent(narrator::say);
  }
}
