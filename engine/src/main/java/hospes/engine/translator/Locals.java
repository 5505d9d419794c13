package hospes.engine.translator;

import static java.util.Objects.requireNonNull;

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

  /// Variables for operands and results that are not in registers.
  private static final int SCRATCH = 12;

  private final SequencedMap<Register, Integer> slots = new TreeMap<>();
  private final SequencedSet<Register> written = new LinkedHashSet<>();
  private final Set<Register> doubles = new HashSet<>();
  private final Set<Register> others = new HashSet<>();

  private final int scratch;
  private final int end;

  /// The first local variable that is free.
  int end() {
    return end;
  }

  /// The local variables for the registers that a plan names.
  Locals(RegionPlan plan) {
    boolean listed = false;
    for (Node node : plan.nodes()) {
      listed |= node.operands.length > 0;
      node.operation.operands().forEach(operand -> use(node, operand));
      if (node.operation.storesResult()) {
        node.operation.target().ifPresent(target -> write(node, target));
      }
    }
    doubles.removeAll(others);
    int slot = FIRST_REGISTER;
    for (var entry : slots.entrySet()) {
      entry.setValue(slot);
      slot += 2;
    }
    scratch = slot;
    end = listed ? scratch + SCRATCH : scratch;
  }

  private void use(Node node, Operand operand) {
    Optional<Register> found = node.register(operand);
    if (found.isEmpty()) {
      return;
    }
    Register register = found.get();
    slots.put(register, 0);
    switch (operand) {
      case Operand.Register(RegisterKind kind, Place _) ->
          kind.unpack()
              .ifPresent(
                  unpack -> (unpack.owner().equals(Double.class) ? doubles : others).add(register));
      // Its method may write it.
      case Operand.Name _ -> written.add(register);
      case Operand.Mixed _,
          Operand.Number _,
          Operand.Listed _,
          Operand.Index _,
          Operand.Address _,
          Operand.Following _,
          Operand.Local _ -> {}
    }
  }

  private void write(Node node, Operand target) {
    use(node, target);
    node.register(target).ifPresent(written::add);
  }

  /// The local variable of a register.
  int slot(Register register) {
    return requireNonNull(slots.get(register));
  }

  /// A variable for the value of an operand that is not in a register.
  int scratch(int operand) {
    return scratch + 1 + operand;
  }

  /// A variable for the condition of a branch on its way.
  int condition() {
    return scratch + SCRATCH - 1;
  }

  /// A variable for a result on its way.
  int scratch() {
    return scratch;
  }

  /// Whether the local variable holds a `double` rather than the register's bits. It does where the
  /// region calculates with the register as a `double`, and never as anything else that is made of
  /// its bits.
  boolean isDouble(Register register) {
    return doubles.contains(register);
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
