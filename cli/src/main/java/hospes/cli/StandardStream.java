package hospes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/// The process's standard streams.
enum StandardStream {
  INPUT(0, SystemStream.Input),
  OUTPUT(1, SystemStream.Output),
  ERROR(2, SystemStream.Error);

  private final int descriptor;
  private final SystemStream stream;

  StandardStream(int descriptor, SystemStream stream) {
    this.descriptor = descriptor;
    this.stream = stream;
  }

  /// Whether a terminal is behind it.
  boolean isTerminal() {
    return switch (look()) {
      case TERMINAL -> true;
      case SOMETHING_ELSE -> false;
      case UNKNOWN -> isTerminalForJline();
    };
  }

  /// What a name tells.
  private enum Look {
    TERMINAL,
    SOMETHING_ELSE,
    UNKNOWN
  }

  /// A quick look at what Linux calls it, which spares most starts the loading of jline.
  private Look look() {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      if (file.startsWith("/dev/pts/")) {
        return Look.TERMINAL;
      }
      return file.startsWith("/dev/") && !file.equals("/dev/null")
          ? Look.UNKNOWN
          : Look.SOMETHING_ELSE;
    } catch (IOException | UnsupportedOperationException notLinux) {
      return Look.UNKNOWN;
    }
  }

  private boolean isTerminalForJline() {
    try {
      return TerminalProvider.load("ffm").isSystemStream(stream);
    } catch (IOException noNativeAccess) {
      return false;
    }
  }
}
