package hospes.zmachine;

import hospes.engine.Extension;
import hospes.engine.Instruction;

/// Variables and the stack. Z-Machine Standards 1.1, 6.2 to 6.4 and 15.
@Extension("variables")
final class Variables {
  private Variables() {}

  /// Sets a variable; of the stack, what is topmost.
  @Instruction("store rd, value : 2OP:13")
  @InPlace
  static int store(@Value int value) {
    return value;
  }

  /// Gives what a variable holds; the stack stays as it is.
  @Instruction("load variable -> rd : 1OP:142")
  static int load(@InPlace int variable) {
    return variable;
  }

  /// Pushes a value.
  @Instruction("push value : VAR:232")
  static void push(ZProcessor core, @Value int value) {
    core.calls.push(value);
  }

  /// Takes a value off the stack into a variable; if that is the stack, the value takes the place
  /// of what is topmost then.
  @Instruction("pull rd : VAR:233")
  @InPlace
  static int pull(ZProcessor core) {
    return core.calls.pop();
  }

  /// Throws away what is topmost on the stack.
  @Instruction("pop : 0OP:185 v1-4")
  static void pop(ZProcessor core) {
    core.calls.pop();
  }
}
