package hospes.engine.translator;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An operation as the translator sees it: the method that is its meaning, and what the method's
/// parameters and result stand for.
///
/// @param number by which packed instructions name it
/// @param owner the class of its method
/// @param method the method's name
/// @param guard the method of the class that tells whether the extension is switched off
/// @param result what becomes of what the method returns
/// @param effects how else it touches the world
/// @param target the register that takes the result, or for a jump the address behind it
/// @param distance for a branch, how far it leads
/// @param operands what the method takes
public record Operation(
    int number,
    Class<?> owner,
    String method,
    Optional<String> guard,
    Result result,
    Set<Effect> effects,
    Optional<Operand.Register> target,
    Optional<Place> distance,
    List<Operand> operands) {

  /// What becomes of the method's result.
  public enum Result {
    /// There is none.
    NOTHING,
    /// It goes to a register.
    VALUE,
    /// It tells whether the branch is taken.
    BRANCH,
    /// It is the address to go on at.
    JUMP,
    /// It is a trap, or none.
    TRAP
  }

  /// How an operation touches the world beside its result.
  public enum Effect {
    LOADS,
    STORES,
    /// It changes what the translator takes for granted, so that code behind it is looked at anew.
    SERIALIZES
  }

  /// Whether regions may contain it. What changes modes, or reaches for registers by number, is
  /// left to the interpreter.
  boolean isTranslatable() {
    return result != Result.TRAP
        && !effects.contains(Effect.SERIALIZES)
        && operands.stream().noneMatch(operand -> operand instanceof Operand.Index);
  }

  /// Whether its method takes the whole state, and so may do anything but change registers.
  boolean takesState() {
    return operands.contains(new Operand.Local(OperationTable.STATE));
  }

  /// Whether what it does depends on registers.
  boolean readsRegisters() {
    return operands.stream().anyMatch(operand -> operand instanceof Operand.Register);
  }

  boolean accessesMemory() {
    return effects.contains(Effect.LOADS) || effects.contains(Effect.STORES);
  }

  /// Whether executing it may trap, or otherwise needs the instruction count to be right.
  boolean isWatched() {
    return accessesMemory() || takesState();
  }
}
