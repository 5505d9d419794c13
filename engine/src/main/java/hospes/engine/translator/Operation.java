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
/// @param target what takes the result, or for a jump the address behind it
/// @param branching for a branch, where it leads
/// @param operands what the method takes
public record Operation(
    int number,
    Class<?> owner,
    String method,
    Optional<String> guard,
    Result result,
    Set<Effect> effects,
    Optional<Operand> target,
    Optional<Branching> branching,
    List<Operand> operands) {

  /// What becomes of the method's result.
  public enum Result {
    /// There is none.
    NOTHING,
    /// It goes to the target.
    VALUE,
    /// It tells whether the branch's condition holds.
    BRANCH,
    /// It goes to the target; the branch's condition is that it is not 0.
    VALUE_BRANCH,
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
    SERIALIZES,
    /// It goes to another frame of registers.
    FRAMES,
    /// It may trap by itself, before it changed anything.
    FAULTS
  }

  /// Whether regions may contain it. What changes modes, or reaches for registers of which it is
  /// not known which, is left to the interpreter.
  boolean isTranslatable() {
    return result != Result.TRAP
        && !effects.contains(Effect.SERIALIZES)
        && operands.stream().noneMatch(operand -> operand instanceof Operand.Index);
  }

  /// Whether its method takes the whole state, and so may do anything but change registers.
  boolean takesState() {
    return operands.contains(new Operand.Local(OperationTable.STATE));
  }

  boolean accessesMemory() {
    return effects.contains(Effect.LOADS) || effects.contains(Effect.STORES);
  }

  /// Whether executing it may trap, or otherwise needs the instruction count to be right.
  boolean isWatched() {
    return accessesMemory() || takesState() || effects.contains(Effect.FAULTS);
  }

  /// Whether its result goes somewhere.
  boolean storesResult() {
    return result == Result.VALUE || result == Result.VALUE_BRANCH || result == Result.JUMP;
  }
}
