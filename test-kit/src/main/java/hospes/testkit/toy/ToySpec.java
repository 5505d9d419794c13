package hospes.testkit.toy;

import hospes.guests.Plan;
import hospes.guests.Problem;
import hospes.guests.RefusedException;
import hospes.guests.Value;
import hospes.memory.FramePool;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A toy as its plan describes it.
///
/// @param code what memory begins with
/// @param pages of memory
record ToySpec(byte[] code, int pages, Button button) {
  static final byte[] MAGIC = "TOY1".getBytes(StandardCharsets.US_ASCII);

  /// What follows where the power button is pressed.
  enum Button {
    SWITCHES_OFF,
    NOTHING
  }

  static ToySpec of(Plan plan) {
    Value.File program =
        plan.file(ToyKind.PROGRAM)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Problem.of("a toy needs a program")
                            .but(new Problem.Remedy.Give(ToyKind.PROGRAM))));
    byte[] file = program.content().bytes();
    if (!isProgram(file)) {
      throw new RefusedException(Problem.of("%s is no toy program".formatted(program.name())));
    }
    byte[] code = Arrays.copyOfRange(file, MAGIC.length, file.length);
    int pages = (int) plan.number(ToyKind.PAGES, 1);
    if (code.length > pages * FramePool.FRAME_SIZE) {
      throw new RefusedException(
          Problem.of("%s is larger than the toy's memory".formatted(program.name()))
              .but(new Problem.Remedy.Raise(ToyKind.PAGES)));
    }
    return new ToySpec(code, pages, plan.has(ToyKind.DEAF) ? Button.NOTHING : Button.SWITCHES_OFF);
  }

  /// Whether these are the first bytes of a program's file.
  static boolean isProgram(byte[] first) {
    return first.length >= MAGIC.length
        && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }
}
