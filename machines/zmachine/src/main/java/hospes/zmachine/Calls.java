package hospes.zmachine;

import hospes.engine.Count;
import hospes.engine.Extension;
import hospes.engine.Faults;
import hospes.engine.Frames;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Jump;
import hospes.engine.Next;
import hospes.machine.TrapException;

/// Routines: calls and returns. A call of routine 0 does nothing and gives 0. Z-Machine Standards
/// 1.1, 5, 6.4 and 15.
@Extension("calls")
final class Calls {
  private Calls() {}

  private static long call(ZProcessor core, long next, int routine, int supplied, int result) {
    if (routine == 0) {
      if (result != CallStack.NO_RESULT) {
        core.assign(ZProcessor.VARIABLE | result, 0);
      }
      return next;
    }
    return core.enter(routine, next, supplied, result);
  }

  private static long call(
      ZProcessor core, long next, int routine, int a, int b, int c, int count, int result) {
    long start = call(core, next, routine, count - 1, result);
    if (routine != 0) {
      pass(core.locals, a, b, c, count - 1);
    }
    return start;
  }

  private static void pass(long[] locals, int a, int b, int c, int supplied) {
    if (supplied > 0) {
      locals[1] = a;
    }
    if (supplied > 1) {
      locals[2] = b;
    }
    if (supplied > 2) {
      locals[3] = c;
    }
  }

  private static void passMore(long[] locals, int d, int e, int f, int g, int supplied) {
    if (supplied > 3) {
      locals[4] = d;
    }
    if (supplied > 4) {
      locals[5] = e;
    }
    if (supplied > 5) {
      locals[6] = f;
    }
    if (supplied > 6) {
      locals[7] = g;
    }
  }

  /// Calls a routine with up to three arguments.
  @Instruction("call_vs routine, a, b, c -> rd : VAR:224")
  @Jump
  @Frames
  static long callVs(
      ZProcessor core,
      @Next long next,
      @Value int routine,
      @Value int a,
      @Value int b,
      @Value int c,
      @Count int count,
      @Index int rd) {
    return call(core, next, routine, a, b, c, count, rd);
  }

  /// Calls a routine with up to three arguments, and throws its result away.
  @Instruction("call_vn routine, a, b, c : VAR:249 v5")
  @Jump
  @Frames
  static long callVn(
      ZProcessor core,
      @Next long next,
      @Value int routine,
      @Value int a,
      @Value int b,
      @Value int c,
      @Count int count) {
    return call(core, next, routine, a, b, c, count, CallStack.NO_RESULT);
  }

  /// Calls a routine without arguments.
  @Instruction("call_1s routine -> rd : 1OP:136 v4")
  @Jump
  @Frames
  static long call1s(ZProcessor core, @Next long next, @Value int routine, @Index int rd) {
    return call(core, next, routine, 0, rd);
  }

  /// Calls a routine without arguments, and throws its result away.
  @Instruction("call_1n routine : 1OP:143 v5")
  @Jump
  @Frames
  static long call1n(ZProcessor core, @Next long next, @Value int routine) {
    return call(core, next, routine, 0, CallStack.NO_RESULT);
  }

  /// Calls a routine with one argument.
  @Instruction("call_2s routine, a -> rd : 2OP:25 v4")
  @Jump
  @Frames
  static long call2s(
      ZProcessor core, @Next long next, @Value int routine, @Value int a, @Index int rd) {
    return call(core, next, routine, a, 0, 0, 2, rd);
  }

  /// Calls a routine with one argument, and throws its result away.
  @Instruction("call_2n routine, a : 2OP:26 v5")
  @Jump
  @Frames
  static long call2n(ZProcessor core, @Next long next, @Value int routine, @Value int a) {
    return call(core, next, routine, a, 0, 0, 2, CallStack.NO_RESULT);
  }

  /// Calls a routine with up to seven arguments.
  @Instruction("call_vs2 routine, a, b, c, d, e, f, g -> rd : VAR:236 v4")
  @Jump
  @Frames
  static long callVs2(
      ZProcessor core,
      @Next long next,
      @Value int routine,
      @Value int a,
      @Value int b,
      @Value int c,
      @Value int d,
      @Value int e,
      @Value int f,
      @Value int g,
      @Count int count,
      @Index int rd) {
    long start = call(core, next, routine, a, b, c, count, rd);
    if (routine != 0) {
      passMore(core.locals, d, e, f, g, count - 1);
    }
    return start;
  }

  /// Calls a routine with up to seven arguments, and throws its result away.
  @Instruction("call_vn2 routine, a, b, c, d, e, f, g : VAR:250 v5")
  @Jump
  @Frames
  static long callVn2(
      ZProcessor core,
      @Next long next,
      @Value int routine,
      @Value int a,
      @Value int b,
      @Value int c,
      @Value int d,
      @Value int e,
      @Value int f,
      @Value int g,
      @Count int count) {
    long start = call(core, next, routine, a, b, c, count, CallStack.NO_RESULT);
    if (routine != 0) {
      passMore(core.locals, d, e, f, g, count - 1);
    }
    return start;
  }

  /// Returns a value.
  @Instruction("ret value : 1OP:139")
  @Jump
  @Frames
  static long ret(ZProcessor core, @Value int value) {
    return core.leave(value);
  }

  /// Returns 1.
  @Instruction("rtrue : 0OP:176")
  @Jump
  @Frames
  static long rtrue(ZProcessor core) {
    return core.leave(1);
  }

  /// Returns 0.
  @Instruction("rfalse : 0OP:177")
  @Jump
  @Frames
  static long rfalse(ZProcessor core) {
    return core.leave(0);
  }

  /// Returns what is topmost on the stack.
  @Instruction("ret_popped : 0OP:184")
  @Jump
  @Frames
  static long retPopped(ZProcessor core) {
    return core.leave(core.calls.pop());
  }

  /// Gives a number that stands for the current call.
  @Instruction("catch -> rd : 0OP:185 v5")
  static int catchFrame(ZProcessor core) {
    return core.calls.depth();
  }

  /// Returns a value from the call that a catch gave, and so from all that it called.
  @Instruction("throw value, frame : 2OP:28 v5")
  @Jump
  @Frames
  @Faults
  static long throwValue(ZProcessor core, @Value int value, @Value int frame) {
    if (frame > core.calls.depth()) {
      throw new TrapException(new ZTrap.IllegalFrame(frame));
    }
    while (core.calls.depth() > frame) {
      core.calls.leave();
    }
    return core.leave(value);
  }

  /// Branches if the current routine was given at least so many arguments.
  @Instruction("check_arg_count number ?offset : VAR:255 v5")
  static boolean checkArgCount(ZProcessor core, @Value int number) {
    return number <= core.calls.arguments();
  }
}
