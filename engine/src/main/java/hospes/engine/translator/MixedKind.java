package hospes.engine.translator;

/// A kind of operand that is a constant in one instruction, a register in another, and elsewhere
/// something that only the state can reach.
///
/// @param file the local variable of the interpreter that holds the registers, as a `long[]`
/// @param first the first number that names a register
/// @param last the last one
/// @param memory the first number that names something in guest memory
/// @param read the method of the state that reads what a number names
/// @param write the method of the state that writes it
public record MixedKind(String file, int first, int last, int memory, String read, String write) {

  /// From this number on, a listed operand names something; below, it is a constant.
  public static final int NAMES = 0x1_0000;

  /// An operand of this kind, at an index of the list.
  public Operand.Mixed at(int index) {
    return new Operand.Mixed(this, index);
  }

  /// The number alone of what an operand of this kind names.
  public Operand.Name name(int index) {
    return new Operand.Name(this, index);
  }

  boolean isRegister(int operand) {
    return isName(operand) && number(operand) >= first && number(operand) <= last;
  }

  boolean isInMemory(int operand) {
    return isName(operand) && number(operand) >= memory;
  }

  static boolean isName(int operand) {
    return operand >= NAMES;
  }

  static int number(int operand) {
    return operand & NAMES - 1;
  }
}
