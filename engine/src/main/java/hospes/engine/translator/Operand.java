package hospes.engine.translator;

/// What an instruction method takes as a parameter.
public sealed interface Operand {
  /// The value in a register whose number stands in the instruction.
  record Register(RegisterKind kind, Place place) implements Operand {
    int number(long instruction) {
      return (int) place.read(instruction);
    }
  }

  /// What a listed number is or names.
  record Mixed(MixedKind kind, int index) implements Operand {}

  /// A number that stands in the instruction.
  record Number(Place place) implements Operand {}

  /// A listed number.
  record Listed(int index) implements Operand {}

  /// The number of a register, for a method that reaches for the registers by itself.
  record Index(Place place) implements Operand {}

  /// The number of what a listed number names, for a method that reaches for it by itself.
  record Name(MixedKind kind, int index) implements Operand {}

  /// The instruction's own address.
  record Address() implements Operand {}

  /// The address of the next instruction.
  record Following() implements Operand {}

  /// One of the interpreter's local variables, or `core`.
  record Local(String name) implements Operand {}

  /// A number of `width` bits from bit `shift`.
  static Operand number(int shift, int width) {
    return new Number(new Place(shift, width));
  }

  /// A number at an index of the list.
  static Operand listed(int index) {
    return new Listed(index);
  }

  /// A register's number.
  static Operand index(int shift, int width) {
    return new Index(new Place(shift, width));
  }

  /// The instruction's own address.
  static Operand address() {
    return new Address();
  }

  /// The address of the next instruction.
  static Operand following() {
    return new Following();
  }

  /// A local variable of the interpreter.
  static Operand local(String name) {
    return new Local(name);
  }
}
