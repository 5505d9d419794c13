package hospes.host.engine;

import java.io.Serial;

/// A file or folder in which the engine's doings were to be written cannot be used.
public final class TraceException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /// What was to be written.
  public enum Place {
    /// The file of a [RegionTrace].
    TRACE_FILE,
    /// The folder of a [RegionFolder].
    REGION_FOLDER
  }

  private final Place place;

  TraceException(Place place, String message, Throwable cause) {
    super(message, cause);
    this.place = place;
  }

  /// What was to be written.
  public Place place() {
    return place;
  }
}
