package hospes.engine.translator;

/// What an instruction method takes as a parameter.
public sealed interface Operand {
  /// The value in a register whose number stands in the instruction.
  record Register(RegisterKind kind, Place place) implements Operand {
    int number(long instruction) {
      return (int) place.read(instruction);
    }
  }

  /// A number that stands in the instruction.
  record Number(Place place) implements Operand {}

  /// The number of a register, for a method that reaches for the registers by itself.
  record Index(Place place) implements Operand {}

  /// The instruction's own address.
  record Address() implements Operand {}

  /// One of the interpreter's local variables, or `core`.
  record Local(String name) implements Operand {}

  /// A number of `width` bits from bit `shift`.
  static Operand number(int shift, int width) {
    return new Number(new Place(shift, width));
  }

  /// A register's number.
  static Operand index(int shift, int width) {
    return new Index(new Place(shift, width));
  }

  /// The instruction's own address.
  static Operand address() {
    return new Address();
  }

  /// A local variable of the interpreter.
  static Operand local(String name) {
    return new Local(name);
  }
}
