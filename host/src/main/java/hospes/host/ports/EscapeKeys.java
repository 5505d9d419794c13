package hospes.host.ports;

import java.util.function.Consumer;

/// Finds commands to Hospes among the keys of a terminal: Ctrl-A, then a letter.
public final class EscapeKeys {
  /// What the user asks of Hospes rather than of the guest.
  public enum Command {
    /// Ctrl-A x: end the guest.
    EXIT,
    /// Ctrl-A h: show these keys.
    HELP
  }

  private static final byte CTRL_A = 1;
  private static final byte CTRL_C = 3;

  private final Consumer<Command> commands;
  private final boolean takesInterrupt;
  private boolean escaped;

  /// Hands commands to `commands`.
  public EscapeKeys(Consumer<Command> commands) {
    this(commands, false);
  }

  private EscapeKeys(Consumer<Command> commands, boolean takesInterrupt) {
    this.commands = commands;
    this.takesInterrupt = takesInterrupt;
  }

  /// The same, where Ctrl-C is [Command#EXIT] as well: for guests that have no use for it.
  public static EscapeKeys withInterrupt(Consumer<Command> commands) {
    return new EscapeKeys(commands, true);
  }

  /// Moves the keys that are for the guest to the front of `keys`, and returns their number. A key
  /// after Ctrl-A that means nothing is dropped; Ctrl-A twice sends one.
  public int filter(byte[] keys, int length) {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      byte key = keys[i];
      if (!escaped) {
        if (key == CTRL_A) {
          escaped = true;
        } else if (key == CTRL_C && takesInterrupt) {
          commands.accept(Command.EXIT);
        } else {
          keys[kept++] = key;
        }
        continue;
      }
      escaped = false;
      switch (key) {
        case CTRL_A -> keys[kept++] = key;
        case 'x', 'X' -> commands.accept(Command.EXIT);
        case 'h', 'H', '?' -> commands.accept(Command.HELP);
        default -> {}
      }
    }
    return kept;
  }
}
