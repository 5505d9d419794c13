package hospes.memory;

import java.io.IOException;

/// A swap file is as long as it may become.
public final class SwapFullException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param mostBytes how long it may become
  SwapFullException(long mostBytes) {
    super("it may have no more than %d MiB".formatted(mostBytes >> 20));
  }
}
