package hospes.cli;

import hospes.host.ClockMode;
import hospes.host.ConsoleReader;
import hospes.host.EscapeKeys;
import hospes.host.GuestRunner;
import hospes.host.InputQueue;
import java.io.IOException;
import java.util.Optional;

/// A guest's input: the user's terminal in raw mode, a pipe, or nothing. Gives the terminal back
/// when closed.
final class GuestConsole implements AutoCloseable {
  private static final int CAPACITY = 64 * 1024;

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
  private final InputQueue input = new InputQueue(CAPACITY);
  private Optional<RawTerminal> terminal = Optional.empty();

  GuestConsole(Surroundings surroundings, Narrator narrator, GuestSession.Input source) {
    this.surroundings = surroundings;
    this.narrator = narrator;
    this.source = source;
  }

  /// Where the runner takes input from.
  InputQueue input() {
    return input;
  }

  /// Starts to read; the user's keys can end `runner` from now on.
  ///
  /// @throws CommandFailure where the terminal cannot be switched
  void connect(GuestRunner runner, ClockMode clock) throws CommandFailure {
    switch (source) {
      case NONE -> input.end();
      case STANDARD -> {
        if (StandardStream.INPUT.isTerminal()) {
          connectTerminal(runner);
        } else {
          connectPipe(clock);
        }
      }
    }
  }

  private void connectTerminal(GuestRunner runner) throws CommandFailure {
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
                case EXIT -> runner.stop();
                case HELP -> narrator.line(HELP);
              }
            });
    ConsoleReader.ofTerminal(surroundings.input(), input, keys);
  }

  private void connectPipe(ClockMode clock) {
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
