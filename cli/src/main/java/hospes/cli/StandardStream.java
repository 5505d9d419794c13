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
    return mayBeTerminal() && isTerminalForJline();
  }

  /// A quick look that spares pipes and files the loading of jline.
  private boolean mayBeTerminal() {
    try {
      Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return file.startsWith("/dev") && !file.equals(Path.of("/dev/null"));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return true;
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
