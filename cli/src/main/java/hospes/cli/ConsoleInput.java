package hospes.cli;

import hospes.guests.Description.ConsoleStyle;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.Outcome;
import hospes.host.ports.ConsoleReader;
import hospes.host.ports.EscapeKeys;
import hospes.host.ports.InputQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A guest's input: the user's terminal in raw mode, a pipe, or nothing. Gives the terminal back
/// when closed.
final class ConsoleInput implements AutoCloseable {
  /// A pipe that was written before the start has arrived after this time.
  private static final int SETTLING_MILLISECONDS = 250;

  /// Usual looks, no margins, and the cursor below everything.
  private static final String TIDY = "\033[0m\033[r\033[999;1H\r\n";

  private static final String HELP =
      """

      Ctrl-A x      end the guest and leave
      Ctrl-A h      this help
      Ctrl-A Ctrl-A send Ctrl-A to the guest
      """;

  private final CommandContext context;
  private final Narrator narrator;
  private final GuestSession.Input source;
  private Optional<RawTerminal> terminal = Optional.empty();
  private Optional<ConsoleReader> reader = Optional.empty();

  /// The guest that drew over the whole terminal, if one did.
  private Optional<Guest> screen = Optional.empty();

  ConsoleInput(CommandContext context, Narrator narrator, GuestSession.Input source) {
    this.context = context;
    this.narrator = narrator;
    this.source = source;
  }

  /// Starts to read; the user's keys can end the guest from now on.
  ///
  /// @throws CommandFailure where the terminal cannot be switched
  void connect(Guest guest) throws CommandFailure {
    InputQueue input = guest.console().input();
    switch (source) {
      case NONE -> input.end();
      case STANDARD -> {
        boolean isTerminal = StandardStream.INPUT.isTerminal();
        ConsoleStyle style = guest.description().console();
        if (isTerminal && style == ConsoleStyle.SERIAL) {
          connectTerminal(guest, input);
        } else if (isTerminal
            && style == ConsoleStyle.SCREEN
            && StandardStream.OUTPUT.isTerminal()) {
          connectScreen(guest, input);
        } else {
          connectPipe(input, guest.treatment().policy().clock());
        }
      }
    }
  }

  private void connectTerminal(Guest guest, InputQueue input) throws CommandFailure {
    narrator.say("Ctrl-A x ends the guest, Ctrl-A h shows the other keys");
    RawTerminal unused = enter();
    EscapeKeys keys =
        new EscapeKeys(
            command -> {
              switch (command) {
                case EXIT -> end(guest);
                case HELP -> narrator.line(HELP);
              }
            });
    reader = Optional.of(ConsoleReader.ofTerminal(context.input(), input, keys));
  }

  private RawTerminal enter() throws CommandFailure {
    try {
      RawTerminal entered = RawTerminal.enter();
      terminal = Optional.of(entered);
      return entered;
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot switch the terminal: %s. With --no-input the guest runs without it"
              .formatted(e.getMessage()),
          e);
    }
  }

  /// A guest that draws its screen: it is told the terminal's size, and Ctrl-C ends it as well.
  private void connectScreen(Guest guest, InputQueue input) throws CommandFailure {
    RawTerminal entered = enter();
    screen = Optional.of(guest);
    EscapeKeys keys =
        EscapeKeys.withInterrupt(
            command -> {
              switch (command) {
                case EXIT -> end(guest);
                case HELP -> {} // it would stand amid the guest's screen
              }
            });
    entered.watchSize(
        size -> input.resize(Math.max(1, size.getRows()), Math.max(1, size.getColumns())));
    reader = Optional.of(ConsoleReader.ofTerminal(context.input(), input, keys));
  }

  /// Makes the terminal usable after a guest that could not do it itself.
  private void tidy(Guest guest) {
    boolean didItself =
        guest.outcome().filter(o -> o.ending() instanceof Outcome.Ending.PoweredOff).isPresent();
    if (!didItself) {
      try {
        context.output().write(TIDY.getBytes(StandardCharsets.US_ASCII));
        context.output().flush();
      } catch (IOException gone) {
        // nobody sees it
      }
    }
  }

  private static void end(Guest guest) {
    try {
      guest.kill();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void connectPipe(InputQueue input, ClockMode clock) {
    reader = Optional.of(ConsoleReader.ofPipe(context.input(), input));
    if (clock == ClockMode.VIRTUAL) {
      try {
        input.awaitFullOrEnd(SETTLING_MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    screen.ifPresent(this::tidy);
    terminal.ifPresent(RawTerminal::close);
    reader.ifPresent(ConsoleReader::close);
  }
}
