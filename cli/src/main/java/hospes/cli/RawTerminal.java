package hospes.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/// The user's terminal while a guest has it: every key arrives at once and unchanged, Ctrl-C too,
/// and nothing is echoed. Output is still processed, so that a guest which ends its lines with a
/// line feed alone can be read.
///
/// The terminal is given back as it was by [#close], and where the process ends without it
/// (SIGTERM, SIGHUP, SIGINT) by a shutdown hook.
final class RawTerminal implements AutoCloseable {
  private static final String PROVIDER = "ffm";

  private final Terminal terminal;
  private final Attributes before;
  private final Thread hook;
  private final AtomicBoolean restored = new AtomicBoolean();

  private RawTerminal(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.getAttributes();
    hook = Thread.ofPlatform().name("restore-terminal").unstarted(this::restore);
  }

  /// Has a thread load what [#enter] needs, which takes as long as to restore a guest.
  static void prepare() {
    Thread.ofPlatform().daemon().name("prepare-terminal").start(RawTerminal::load);
  }

  private static void load() {
    try {
      TerminalProvider.load(PROVIDER).isSystemStream(SystemStream.Input);
    } catch (IOException | RuntimeException | LinkageError unusable) {
      // entering says so
    }
  }

  /// Takes the terminal behind standard input.
  ///
  /// @throws IOException where it cannot be switched
  static RawTerminal enter() throws IOException {
    // Not through TerminalBuilder: it asks the terminal for its abilities, and waits for an answer.
    Terminal terminal =
        TerminalProvider.load(PROVIDER)
            .sysTerminal(
                "hospes",
                Terminal.TYPE_DUMB,
                false,
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_8,
                false,
                Terminal.SignalHandler.SIG_DFL,
                true,
                SystemStream.Output);
    RawTerminal raw = new RawTerminal(terminal);
    Runtime.getRuntime().addShutdownHook(raw.hook);
    terminal.setAttributes(raw(raw.before));
    return raw;
  }

  static Attributes raw(Attributes before) {
    Attributes raw = new Attributes(before);
    raw.setLocalFlags(
        EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN, LocalFlag.ISIG), false);
    raw.setInputFlags(
        EnumSet.of(
            InputFlag.IXON,
            InputFlag.ICRNL,
            InputFlag.INLCR,
            InputFlag.IGNCR,
            InputFlag.ISTRIP,
            InputFlag.BRKINT),
        false);
    raw.setControlChar(ControlChar.VMIN, 1);
    raw.setControlChar(ControlChar.VTIME, 0);
    return raw;
  }

  private void restore() {
    if (restored.compareAndSet(false, true)) {
      try {
        terminal.setAttributes(before);
      } catch (IllegalStateException closed) {
        // jline has a shutdown hook too, which came first, and restores when it closes the
        // terminal.
      }
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is ending already; the hook finds its work done.
    }
  }
}
