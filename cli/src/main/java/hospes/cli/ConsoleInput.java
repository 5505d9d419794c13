package hospes.cli;

import hospes.host.ClockMode;
import hospes.host.ConsoleReader;
import hospes.host.EscapeKeys;
import hospes.host.Guest;
import hospes.host.InputQueue;
import java.io.IOException;
import java.util.Optional;

/// A guest's input: the user's terminal in raw mode, a pipe, or nothing. Gives the terminal back
/// when closed.
final class ConsoleInput implements AutoCloseable {
  /// A pipe that was written before the start has arrived after this time.
  private static final int SETTLING_MILLISECONDS = 250;

  private static final String HELP =
      """

      Ctrl-A x      end the guest and leave
      Ctrl-A h      this help
      Ctrl-A Ctrl-A send Ctrl-A to the guest
      """;

  private final Surroundings surroundings;
  private final Narrator narrator;
  private final GuestSession.Input source;
  private Optional<RawTerminal> terminal = Optional.empty();

  ConsoleInput(Surroundings surroundings, Narrator narrator, GuestSession.Input source) {
    this.surroundings = surroundings;
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
        if (StandardStream.INPUT.isTerminal()) {
          connectTerminal(guest, input);
        } else {
          connectPipe(input, guest.settings().policy().clock());
        }
      }
    }
  }

  private void connectTerminal(Guest guest, InputQueue input) throws CommandFailure {
    narrator.say("Ctrl-A x ends the guest, Ctrl-A h shows the other keys");
    try {
      terminal = Optional.of(RawTerminal.enter());
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot switch the terminal: %s. With --no-input the guest runs without it"
              .formatted(e.getMessage()),
          e);
    }
    EscapeKeys keys =
        new EscapeKeys(
            command -> {
              switch (command) {
                case EXIT -> end(guest);
                case HELP -> narrator.line(HELP);
              }
            });
    ConsoleReader.ofTerminal(surroundings.input(), input, keys);
  }

  private static void end(Guest guest) {
    try {
      guest.kill();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void connectPipe(InputQueue input, ClockMode clock) {
    ConsoleReader.ofPipe(surroundings.input(), input);
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
    terminal.ifPresent(RawTerminal::close);
  }
}
