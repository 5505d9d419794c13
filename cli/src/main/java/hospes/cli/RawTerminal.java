package hospes.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.InfoCmp;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// The user's terminal while a guest has it: every key arrives at once and unchanged, Ctrl-C too,
/// and nothing is echoed. Output is still processed, so that a guest which ends its lines with a
/// line feed alone can be read.
///
/// The terminal is given back as it was by [#close], and where the process ends without it
/// (SIGTERM, SIGHUP, SIGINT) by a shutdown hook.
final class RawTerminal implements AutoCloseable {
  /// The process has one terminal.
  private static final AtomicReference<@Nullable FutureTask<Terminal>> OPENING =
      new AtomicReference<>();

  private static final Size USUAL_SIZE = new Size(80, 24);

  /// The signal that tells that a terminal has another size.
  private static final String RESIZED = "WINCH";

  private final Terminal terminal;
  private final Attributes before;
  private final Thread hook;
  private final AtomicBoolean restored = new AtomicBoolean();
  private @Nullable Object watch;

  private RawTerminal(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.getAttributes();
    hook = Thread.ofPlatform().name("restore-terminal").unstarted(this::restore);
  }

  /// Has a thread open the terminal, which [#enter] will switch: that takes as long as to restore a
  /// guest. Nothing about the terminal changes by it.
  static void prepare() {
    FutureTask<Terminal> opening = new FutureTask<>(RawTerminal::open);
    OPENING.set(opening);
    Thread.ofPlatform().daemon().name("open-terminal").start(opening);
  }

  /// Takes the terminal behind standard input.
  ///
  /// @throws IOException where it cannot be switched
  static RawTerminal enter() throws IOException {
    RawTerminal raw = new RawTerminal(opened());
    Runtime.getRuntime().addShutdownHook(raw.hook);
    raw.terminal.setAttributes(raw(raw.before));
    return raw;
  }

  /// The size of the terminal; 24 lines of 80 where it does not tell.
  static Size size() {
    try {
      Terminal terminal = opened();
      FutureTask<Terminal> again = new FutureTask<>(() -> terminal);
      again.run();
      OPENING.set(again);
      return sizeOf(terminal);
    } catch (IOException unknown) {
      return USUAL_SIZE;
    }
  }

  private static Size sizeOf(Terminal terminal) {
    Size size = terminal.getSize();
    return size.getRows() > 0 && size.getColumns() > 0 ? size : USUAL_SIZE;
  }

  /// Has `listener` told the size now, and whenever it changes.
  void watchSize(Consumer<Size> listener) {
    listener.accept(sizeOf(terminal));
    watch = Signals.register(RESIZED, () -> listener.accept(sizeOf(terminal)));
  }

  private static Terminal opened() throws IOException {
    FutureTask<Terminal> opening = OPENING.getAndSet(null);
    if (opening != null) {
      try {
        return opening.get();
      } catch (ExecutionException failed) {
        // says why when it is tried again
      } catch (InterruptedException noTime) {
        Thread.currentThread().interrupt();
      }
    }
    return open();
  }

  private static Terminal open() throws IOException {
    // Or jline would start a process to ask what a dumb terminal can do.
    InfoCmp.setLoadedInfoCmp(Terminal.TYPE_DUMB, InfoCmp.getDefaultInfoCmp(Terminal.TYPE_DUMB));
    // Not through TerminalBuilder: it asks the terminal for its abilities, and waits for an answer.
    return TerminalProvider.load("ffm")
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
    if (watch != null) {
      Signals.unregister(RESIZED, watch);
    }
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is ending already; the hook finds its work done.
    }
  }
}
