package hospes.zmachine;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Tells what a story did when it went wrong: where it is, and who called it.
final class StackTrace {
  private static final int MOST_CALLS = 12;

  private StackTrace() {}

  static String of(ZProcessor core, ZTrap failure) {
    StringBuilder text = new StringBuilder();
    text.append("the story went wrong at %#x: %s".formatted(core.pc, failure.description()));
    CallFrame[] frames = core.calls.frames();
    long address = core.pc;
    for (int i = frames.length - 1; i >= 0; i--) {
      if (i > 0 && i <= frames.length - MOST_CALLS) {
        text.append("\n  … and %d more calls".formatted(i));
        break;
      }
      text.append("\n  at %#x%s".formatted(address, routine(frames[i], i)));
      address = frames[i].returnAddress();
    }
    return text.toString();
  }

  private static String routine(CallFrame frame, int index) {
    String name =
        index == 0
            ? " in the main routine"
            : frame.routine() == 0 ? "" : " in the routine at %#x".formatted(frame.routine());
    if (frame.locals().length == 0) {
      return name;
    }
    return name
        + Arrays.stream(frame.locals())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", ", variables ", ""));
  }
}
