package hospes.host.engine;

import java.io.Serial;

/// A file or folder in which the engine's doings were to be written cannot be used. The message
/// says what to do.
public final class TraceException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  TraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
