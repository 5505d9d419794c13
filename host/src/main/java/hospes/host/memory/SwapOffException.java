package hospes.host.memory;

import java.io.IOException;

/// The host may not swap.
final class SwapOffException extends IOException {
  private static final long serialVersionUID = 1;

  SwapOffException() {
    super("nothing may be swapped out");
  }
}
