package hospes.zmachine;

import hospes.engine.Count;
import hospes.engine.Extension;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Jump;
import hospes.engine.Next;
import hospes.engine.Store;

/// Branches on conditions, and jumps. Z-Machine Standards 1.1, 4.7 and 15.
@Extension("branches")
final class Branches {
  private Branches() {}

  /// Branches if `a` is 0.
  @Instruction("jz a ?offset : 1OP:128")
  static boolean jz(@Value int a) {
    return a == 0;
  }

  /// Branches if `a` equals any of the others.
  @Instruction("je a, b, c, d ?offset : 2OP:1")
  static boolean je(@Value int a, @Value int b, @Value int c, @Value int d, @Count int count) {
    return a == b && count > 1 || a == c && count > 2 || a == d && count > 3;
  }

  /// Branches if `a` is less than `b`, signed.
  @Instruction("jl a, b ?offset : 2OP:2")
  static boolean jl(@Value int a, @Value int b) {
    return (short) a < (short) b;
  }

  /// Branches if `a` is greater than `b`, signed.
  @Instruction("jg a, b ?offset : 2OP:3")
  static boolean jg(@Value int a, @Value int b) {
    return (short) a > (short) b;
  }

  /// Branches if all bits of `flags` are set in `bitmap`.
  @Instruction("test bitmap, flags ?offset : 2OP:7")
  static boolean test(@Value int bitmap, @Value int flags) {
    return (bitmap & flags) == flags;
  }

  /// Takes 1 from a variable, and branches if it is less than `value` then, signed.
  @Instruction("dec_chk variable, value ?offset : 2OP:4")
  @Store
  static boolean decChk(ZProcessor core, @Index int variable, @Value int value) {
    int less = core.peek(ZProcessor.VARIABLE | variable) - 1 & 0xffff;
    core.replace(ZProcessor.VARIABLE | variable, less);
    return (short) less < (short) value;
  }

  /// Adds 1 to a variable, and branches if it is greater than `value` then, signed.
  @Instruction("inc_chk variable, value ?offset : 2OP:5")
  @Store
  static boolean incChk(ZProcessor core, @Index int variable, @Value int value) {
    int more = core.peek(ZProcessor.VARIABLE | variable) + 1 & 0xffff;
    core.replace(ZProcessor.VARIABLE | variable, more);
    return (short) more > (short) value;
  }

  /// Goes on `distance` bytes, signed, less 2 behind this instruction.
  @Instruction("jump distance : 1OP:140")
  @Jump
  static long jump(@Next long next, @Value int distance) {
    return next + (short) distance - 2;
  }

  /// Branches if the story is a genuine copy, as every story is (15, piracy).
  @Instruction("piracy ?offset : 0OP:191 v5")
  static boolean piracy() {
    return true;
  }

  /// Does nothing.
  @Instruction("nop : 0OP:180")
  static void nop() {}
}
