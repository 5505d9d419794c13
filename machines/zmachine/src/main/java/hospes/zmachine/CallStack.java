package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.TrapException;
import java.util.Arrays;

/// The stack of the Z-machine: the calls that are going on, and for each what its routine pushed.
/// Z-Machine Standards 1.1, 6.3 to 6.5.
///
/// The local variables of the current routine are in the processor's array; a call stores its
/// caller's here, below four words that say how to go back. Values that the current routine pushed
/// are above them, from [#base] to [#top].
final class CallStack {
  /// More than any story needs: frotz has room for 32,768 words.
  static final int MOST_WORDS = 1 << 20;

  /// Words that a call takes at most, beside what its routine pushes.
  static final int MOST_FOR_CALL = 15 + 4;

  /// As many as a catch can tell apart.
  static final int MOST_CALLS = 0xffff;

  private static final int HEADER = 4;
  private static final int ARGUMENTS_SHIFT = 9;
  private static final int LOCALS_SHIFT = 13;

  /// What stands for a result that is thrown away, where variables are told by their number.
  static final int NO_RESULT = -1;

  private final long[] locals;
  private int[] words = new int[1024];
  private int top;
  private int base;
  private int depth;
  private int localCount;
  private int arguments;
  private int routine;

  /// An empty stack, in the main routine.
  ///
  /// @param locals the processor's local variables: elements 1 to 15
  CallStack(long[] locals) {
    this.locals = locals;
  }

  /// Back to the main routine, with nothing on the stack.
  void clear() {
    top = 0;
    base = 0;
    depth = 0;
    localCount = 0;
    arguments = 0;
    routine = 0;
    Arrays.fill(locals, 0);
  }

  void push(int value) {
    if (top == words.length) {
      grow(1);
    }
    words[top++] = value;
  }

  int pop() {
    if (top == base) {
      throw new TrapException(new ZTrap.StackUnderflow());
    }
    return words[--top];
  }

  /// The topmost value, left where it is.
  int peek() {
    if (top == base) {
      throw new TrapException(new ZTrap.StackUnderflow());
    }
    return words[top - 1];
  }

  /// Puts another value in the place of the topmost.
  void replace(int value) {
    if (top == base) {
      throw new TrapException(new ZTrap.StackUnderflow());
    }
    words[top - 1] = value;
  }

  /// Stores the caller's variables, and makes those of a routine of them: all zeros.
  ///
  /// @param returnAddress where the caller goes on
  /// @param result the number of the variable that takes the result, or [#NO_RESULT]
  /// @param supplied how many arguments the caller gave
  /// @param newRoutine the routine's address, or 0 where it is not known
  /// @param newLocals how many local variables the routine has
  void enter(int returnAddress, int result, int supplied, int newRoutine, int newLocals) {
    int needed = localCount + HEADER;
    if (top + needed > words.length) {
      grow(needed);
    }
    if (depth == MOST_CALLS) {
      throw new TrapException(new ZTrap.StackOverflow());
    }
    int at = top;
    for (int i = 1; i <= localCount; i++) {
      words[at++] = (int) locals[i];
    }
    words[at] = base;
    words[at + 1] = returnAddress;
    words[at + 2] = result - NO_RESULT | arguments << ARGUMENTS_SHIFT | localCount << LOCALS_SHIFT;
    words[at + 3] = routine;
    base = at + HEADER;
    top = base;
    depth++;
    arguments = supplied;
    routine = newRoutine;
    localCount = newLocals;
    for (int i = 1; i <= newLocals; i++) {
      locals[i] = 0;
    }
  }

  /// Goes back to the caller: its variables are in the processor, and its values on the stack.
  void leave() {
    if (depth == 0) {
      throw new TrapException(new ZTrap.ReturnFromMain());
    }
    int packed = words[base - 2];
    localCount = packed >>> LOCALS_SHIFT;
    arguments = packed >>> ARGUMENTS_SHIFT & 0xf;
    top = base - HEADER - localCount;
    for (int i = 1; i <= localCount; i++) {
      locals[i] = words[top + i - 1];
    }
    routine = words[base - 1];
    base = words[base - HEADER];
    depth--;
  }

  /// Where the current routine's caller goes on.
  int returnAddress() {
    return depth == 0 ? 0 : words[base - 3];
  }

  /// The variable that takes the current routine's result, or [#NO_RESULT].
  int result() {
    return depth == 0 ? NO_RESULT : (words[base - 2] & (1 << ARGUMENTS_SHIFT) - 1) + NO_RESULT;
  }

  /// How many calls are going on. This is what a catch gives, and Quetzal asks for (6.2 there).
  int depth() {
    return depth;
  }

  /// How many arguments the current routine was given.
  int arguments() {
    return arguments;
  }

  /// How many local variables the current routine has.
  int localCount() {
    return localCount;
  }

  /// How many values the current routine has on the stack.
  int pushed() {
    return top - base;
  }

  private void grow(int more) {
    if (top + more > MOST_WORDS) {
      throw new TrapException(new ZTrap.StackOverflow());
    }
    words = Arrays.copyOf(words, Math.min(MOST_WORDS, Math.max(2 * words.length, top + more)));
  }

  /// All calls, the main routine first and the current one last.
  CallFrame[] frames() {
    CallFrame[] frames = new CallFrame[depth + 1];
    int[] variables = new int[localCount];
    for (int i = 0; i < localCount; i++) {
      variables[i] = (int) locals[i + 1];
    }
    int from = base;
    int to = top;
    int given = arguments;
    int entered = routine;
    for (int i = depth; i > 0; i--) {
      int packed = words[from - 2];
      frames[i] =
          new CallFrame(
              entered,
              words[from - 3],
              (packed & (1 << ARGUMENTS_SHIFT) - 1) + NO_RESULT,
              given,
              variables,
              Arrays.copyOfRange(words, from, to));
      int callersLocals = packed >>> LOCALS_SHIFT;
      to = from - HEADER - callersLocals;
      variables = Arrays.copyOfRange(words, to, to + callersLocals);
      given = packed >>> ARGUMENTS_SHIFT & 0xf;
      entered = words[from - 1];
      from = words[from - HEADER];
    }
    frames[0] = new CallFrame(0, 0, NO_RESULT, given, variables, Arrays.copyOfRange(words, 0, to));
    return frames;
  }

  /// Makes these calls go on, and no others.
  ///
  /// @param frames at least one; the first is the main routine
  /// @throws TrapException where they are more than the stack can hold
  void enterAll(CallFrame[] frames) {
    clear();
    for (int i = 0; i < frames.length; i++) {
      CallFrame frame = frames[i];
      if (i > 0) {
        enter(
            frame.returnAddress(),
            frame.result(),
            frame.arguments(),
            frame.routine(),
            frame.locals().length);
      } else {
        localCount = frame.locals().length;
        arguments = frame.arguments();
      }
      for (int variable = 0; variable < localCount; variable++) {
        locals[variable + 1] = frame.locals()[variable];
      }
      for (int value : frame.stack()) {
        push(value);
      }
    }
  }

  void save(RecordWriter out) {
    out.putLongs(locals);
    out.putInt(top);
    for (int i = 0; i < top; i++) {
      out.putInt(words[i]);
    }
    out.putInt(base);
    out.putInt(depth);
    out.putInt(localCount);
    out.putInt(arguments);
    out.putInt(routine);
  }

  void restore(RecordReader in) {
    in.getLongs(locals);
    top = 0;
    int count = in.getCount(MOST_WORDS);
    words = new int[Math.max(count, 1024)];
    for (int i = 0; i < count; i++) {
      words[i] = in.getInt();
    }
    top = count;
    base = in.getCount(top);
    depth = in.getCount(MOST_CALLS);
    localCount = in.getCount(15);
    arguments = in.getCount(15);
    routine = in.getInt();
    check();
  }

  /// Fails unless each call leads to its caller: a damaged snapshot must not be followed outside.
  private void check() {
    int from = base;
    int to = top;
    for (int i = depth; i > 0; i--) {
      if (from < HEADER || from > to) {
        throw damaged();
      }
      int callersLocals = words[from - 2] >>> LOCALS_SHIFT;
      to = from - HEADER - callersLocals;
      from = words[from - HEADER];
      if (callersLocals > 15 || to < 0 || from < 0 || from > to) {
        throw damaged();
      }
    }
    if (from != 0) {
      throw damaged();
    }
    for (long local : locals) {
      if (local < 0 || local > 0xffff) {
        throw damaged();
      }
    }
  }

  private static SnapshotException damaged() {
    return new SnapshotException("the snapshot is damaged: its calls do not lead to each other");
  }
}
