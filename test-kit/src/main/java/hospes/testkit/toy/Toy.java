package hospes.testkit.toy;

import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.machine.Content;

/// Toy programs, and plans of toys that run them.
public final class Toy {
  /// Echoes what is typed. `q` switches it off with exit code 7, `!` shows a bug of the machine.
  /// `?` is no instruction, and `^` resets it.
  public static final String ECHO =
      """
      again: read r0
             print r0
             jumpif r0, 'q', off
             jumpif r0, '!', bug
             jumpif r0, '?', stuck
             jumpif r0, '^', anew
             jump again
      off:   set r1, 7
             off r1
      anew:  reset
      bug:   bug
      stuck:
      """;

  /// Never rests, and never ends.
  public static final String SPIN = "here: jump here";

  private Toy() {}

  /// The file of a program.
  ///
  /// @param text an instruction a line
  public static byte[] file(String text) {
    return ToyText.assemble(text);
  }

  /// A toy that runs a program.
  public static Plan plan(String text) {
    return plan(new ToyKind(), text);
  }

  /// A toy of a kind, which counts how many there are.
  public static Plan plan(ToyKind kind, String text) {
    return Plan.of(kind)
        .with(ToyKind.PROGRAM, new Value.File("program.toy", Content.of(file(text))));
  }

  /// The same with more memory.
  ///
  /// @param pages of 4 KiB
  public static Plan withPages(Plan toy, int pages) {
    return toy.with(ToyKind.PAGES, new Value.Number(pages));
  }
}
