package hospes.engine.translator;

import static java.util.Objects.requireNonNull;

import hospes.engine.translator.Operation.Result;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;

/// The local variables of a region's method.
final class Locals {
  static final int PARAMETER = 1;
  static final int MEMORY = 2;
  static final int BASE = 3;
  static final int REMAINING = 5;
  static final int WHERE = 6;
  static final int READS = 7;
  static final int WRITES = 9;
  static final int PC = 11;
  static final int FILE = 13;
  static final int CORE = 14;
  private static final int FIRST_REGISTER = 15;

  /// A register that lives in a local variable.
  ///
  /// @param file the registers among which it is
  /// @param number its number
  record Register(String file, int number) implements Comparable<Register> {
    @Override
    public int compareTo(Register other) {
      int byFile = file.compareTo(other.file);
      return byFile != 0 ? byFile : Integer.compare(number, other.number);
    }
  }

  private final SequencedMap<Register, Integer> slots = new TreeMap<>();
  private final SequencedSet<Register> written = new LinkedHashSet<>();
  private final Set<Register> doubles = new HashSet<>();
  private final Set<Register> others = new HashSet<>();

  private final int end;

  /// The first local variable behind the registers.
  int end() {
    return end;
  }

  /// The local variables for the registers that a plan names.
  Locals(RegionPlan plan) {
    for (Node node : plan.nodes()) {
      for (Operand operand : node.operation.operands()) {
        if (operand instanceof Operand.Register register) {
          use(node, register);
        }
      }
      Optional<Operand.Register> target = node.operation.target();
      if (target.isPresent()
          && (node.operation.result() == Result.VALUE || node.operation.result() == Result.JUMP)) {
        Operand.Register register = target.get();
        if (register.number(node.instruction) != register.kind().sink()) {
          use(node, register);
          written.add(of(node, register));
        }
      }
    }
    doubles.removeAll(others);
    int slot = FIRST_REGISTER;
    for (var entry : slots.entrySet()) {
      entry.setValue(slot);
      slot += 2;
    }
    end = slot;
  }

  private void use(Node node, Operand.Register register) {
    if (register.number(node.instruction) != register.kind().zero()) {
      slots.put(of(node, register), 0);
      register
          .kind()
          .unpack()
          .ifPresent(
              unpack ->
                  (unpack.owner().equals(Double.class) ? doubles : others).add(of(node, register)));
    }
  }

  private static Register of(Node node, Operand.Register register) {
    return new Register(register.kind().file(), register.number(node.instruction));
  }

  /// The local variable of an operand of a node.
  int slot(Node node, Operand.Register register) {
    return requireNonNull(slots.get(of(node, register)));
  }

  /// Whether the local variable holds a `double` rather than the register's bits. It does where the
  /// region calculates with the register as a `double`, and never as anything else that is made of
  /// its bits.
  boolean isDouble(Register register) {
    return doubles.contains(register);
  }

  /// Whether the local variable of an operand of a node holds a `double`.
  boolean isDouble(Node node, Operand.Register register) {
    return isDouble(of(node, register));
  }

  /// All registers in use, with their local variables, sorted by file and number.
  SequencedMap<Register, Integer> slots() {
    return slots;
  }

  /// Whether the region may change a register.
  boolean isWritten(Register register) {
    return written.contains(register);
  }
}
