package hospes.engine.translator;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out where a jump leads, by executing its body, and the bodies of the instructions right
/// before it that compute its operands, on constants and distances from the region's first page.
///
/// The answer is a guess where other code may jump in between, so a region checks it.
final class Constants {
  /// How far back an operand is looked for.
  private static final int WINDOW = 8;

  private static final Set<Opcode> COMBINED = Set.of(Opcode.LADD, Opcode.LSUB, Opcode.LAND);

  /// A constant, or a distance from the start of the entry's page.
  private record Value(boolean isRelative, long number) {}

  private final OperationTable table;

  Constants(OperationTable table) {
    this.table = table;
  }

  /// The position that a jump leads to, if it can be told.
  OptionalInt target(Node jump) {
    Optional<Value> found = evaluate(jump, WINDOW);
    if (found.isEmpty() || !found.get().isRelative()) {
      return OptionalInt.empty();
    }
    long number = found.get().number();
    return (int) number == number
        ? OptionalInt.of(table.layout().slotsIn(number))
        : OptionalInt.empty();
  }

  private Optional<Value> evaluate(Node node, int window) {
    Operation operation = node.operation;
    if (node.isWatched()) {
      return Optional.empty();
    }
    InstructionBody body = table.body(operation);
    Deque<Value> stack = new ArrayDeque<>();
    for (CodeElement element : body.code()) {
      switch (element) {
        case LoadInstruction load -> {
          int parameter = body.parameterAt(load.slot());
          if (parameter < 0) {
            return Optional.empty();
          }
          Optional<Value> value = operand(node, operation.operands().get(parameter), window);
          if (value.isEmpty()) {
            return Optional.empty();
          }
          stack.push(value.get());
        }
        case ConstantInstruction constant -> {
          if (!(constant.constantValue() instanceof Number number)) {
            return Optional.empty();
          }
          stack.push(new Value(false, number.longValue()));
        }
        case ConvertInstruction convert -> {
          if (convert.opcode() == Opcode.I2S && !stack.peek().isRelative()) {
            stack.push(new Value(false, (short) stack.pop().number()));
          } else if (convert.opcode() != Opcode.I2L) {
            return Optional.empty();
          }
        }
        case OperatorInstruction operator -> {
          if (!COMBINED.contains(operator.opcode())) {
            return Optional.empty();
          }
          Value right = stack.pop();
          Value result = combine(operator.opcode(), stack.pop(), right);
          if (result == null) {
            return Optional.empty();
          }
          stack.push(result);
        }
        case ReturnInstruction _ -> {
          return Optional.of(stack.pop());
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Value combine(Opcode opcode, Value left, Value right) {
    if (left.isRelative() && right.isRelative()) {
      return null;
    }
    boolean relative = left.isRelative() || right.isRelative();
    if (opcode == Opcode.LADD) {
      return new Value(relative, left.number() + right.number());
    }
    if (opcode == Opcode.LSUB) {
      return right.isRelative() ? null : new Value(relative, left.number() - right.number());
    }
    if (relative) {
      // The start of a page has zeros where such a mask may have them.
      long mask = left.isRelative() ? right.number() : left.number();
      return mask < 0 && mask >= -4096 ? new Value(true, left.number() & right.number()) : null;
    }
    return new Value(false, left.number() & right.number());
  }

  private Optional<Value> operand(Node node, Operand operand, int window) {
    return switch (operand) {
      case Operand.Address _ -> Optional.of(new Value(true, table.layout().bytes(node.position)));
      case Operand.Following _ ->
          Optional.of(new Value(true, table.layout().bytes(node.following)));
      case Operand.Listed(int index) -> Optional.of(new Value(false, node.operands[index]));
      case Operand.Mixed(MixedKind _, int index) ->
          MixedKind.isName(node.operands[index])
              ? Optional.empty()
              : Optional.of(new Value(false, node.operands[index]));
      case Operand.Number number ->
          Optional.of(new Value(false, number.place().read(node.instruction)));
      case Operand.Register register ->
          register.number(node.instruction) == register.kind().zero()
              ? Optional.of(new Value(false, 0))
              : before(node, register.kind(), register.number(node.instruction), window);
      case Operand.Index _, Operand.Name _, Operand.Local _ -> Optional.empty();
    };
  }

  /// What a register holds before a node.
  private Optional<Value> before(Node node, RegisterKind kind, int register, int window) {
    Node writer = node.before;
    for (int left = window - 1; writer != null && left > 0; left--, writer = writer.before) {
      Optional<Operand> target = writer.operation.target();
      if (target
          .flatMap(writer::register)
          .equals(Optional.of(new Register(kind.file(), register)))) {
        return target.get() instanceof Operand.Register own && own.kind().equals(kind)
            ? evaluate(writer, left)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
