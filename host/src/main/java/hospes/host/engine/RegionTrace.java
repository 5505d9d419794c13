package hospes.host.engine;

import hospes.engine.EngineEvent;
import hospes.engine.EngineObserver;
import hospes.storage.files.Reasons;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes a line for each thing that happens to a guest's regions.
///
/// Fields are separated by tabs; addresses are hexadecimal; the second field is always the physical
/// address of the region's entry, by which the lines about a region belong together:
///
/// ```
/// made         PHYSICAL  VIRTUAL  INSTRUCTIONS  BYTECODE-BYTES  MICROSECONDS  PAGE,PAGE…
/// installed    PHYSICAL
/// invalidated  PHYSICAL  WRITTEN-ADDRESS  WRITTEN-BYTES
/// dropped      PHYSICAL  outdated|page-forgotten|refusing|trapping|surplus|improved
/// ```
///
/// When the file can no longer be written, the guest goes on and the failure is kept.
public final class RegionTrace implements EngineObserver, AutoCloseable {
  private static final String HEADING =
      """
      # made	entry	virtual	instructions	bytes	microseconds	pages
      # installed	entry
      # invalidated	entry	written at	bytes
      # dropped	entry	reason
      """;

  private final Path file;
  private final Writer out;
  private Optional<IOException> failure = Optional.empty();

  RegionTrace(Path file, Writer out) {
    this.file = file;
    this.out = out;
    write(HEADING);
  }

  /// Makes the file, or empties it.
  ///
  /// @throws TraceException where it cannot be written
  public static RegionTrace open(Path file) throws TraceException {
    try {
      return new RegionTrace(
          file, new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new TraceException(
          TraceException.Place.TRACE_FILE,
          "the trace %s cannot be written: %s".formatted(file, Reasons.of(e)),
          e);
    }
  }

  @Override
  public void observe(EngineEvent event) {
    write(line(event) + "\n");
  }

  private static String line(EngineEvent event) {
    String entry = Long.toHexString(event.physicalAddress());
    return switch (event) {
      case EngineEvent.Made made ->
          "made\t%s\t%x\t%d\t%d\t%d\t%s"
              .formatted(
                  entry,
                  made.address(),
                  made.instructions(),
                  made.bytes(),
                  made.nanoseconds() / 1000,
                  made.pages().stream().map(Long::toHexString).collect(Collectors.joining(",")));
      case EngineEvent.Installed _ -> "installed\t" + entry;
      case EngineEvent.Invalidated invalidated ->
          "invalidated\t%s\t%x\t%d"
              .formatted(entry, invalidated.writtenAddress(), invalidated.writtenBytes());
      case EngineEvent.Dropped dropped ->
          "dropped\t%s\t%s"
              .formatted(entry, dropped.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    };
  }

  private void write(String text) {
    if (failure.isEmpty()) {
      try {
        out.write(text);
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
  }

  /// What went wrong with the file, for the user. Complete after [#close].
  public Optional<String> failure() {
    return failure.map(
        e ->
            "the trace %s is not complete: %s; the guest was not disturbed"
                .formatted(file, Reasons.of(e)));
  }

  /// Writes out what is left.
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
    }
  }
}
