package hospes.formats;

import java.io.IOException;
import java.util.Objects;

/// The bytes are not a well-formed file of the expected format, or use a variant that is not
/// supported.
///
/// The message is meant for the user: it names the format, what is wrong and, where it helps, at
/// which offset. Readers in this module throw nothing else for bad input, however hostile.
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }

  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Always there.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
