package hospes.zmachine;

import hospes.engine.Extension;
import hospes.engine.Faults;
import hospes.engine.Instruction;
import hospes.machine.TrapException;

/// Arithmetic and logic on 16 bits. Z-Machine Standards 1.1, 2.2 to 2.4 and 15.
@Extension("arithmetic")
final class Arithmetic {
  private Arithmetic() {}

  /// Signed addition.
  @Instruction("add a, b -> rd : 2OP:20")
  static int add(@Value int a, @Value int b) {
    return a + b & 0xffff;
  }

  /// Signed subtraction.
  @Instruction("sub a, b -> rd : 2OP:21")
  static int sub(@Value int a, @Value int b) {
    return a - b & 0xffff;
  }

  /// Signed multiplication.
  @Instruction("mul a, b -> rd : 2OP:22")
  static int mul(@Value int a, @Value int b) {
    return a * b & 0xffff;
  }

  /// Signed division, rounded towards zero.
  @Instruction("div a, b -> rd : 2OP:23")
  @Faults
  static int div(@Value int a, @Value int b) {
    if (b == 0) {
      throw new TrapException(new ZTrap.DivisionByZero());
    }
    return (short) a / (short) b & 0xffff;
  }

  /// What a signed division leaves; it has the sign of `a`.
  @Instruction("mod a, b -> rd : 2OP:24")
  @Faults
  static int mod(@Value int a, @Value int b) {
    if (b == 0) {
      throw new TrapException(new ZTrap.DivisionByZero());
    }
    return (short) a % (short) b & 0xffff;
  }

  /// Bitwise or.
  @Instruction("or a, b -> rd : 2OP:8")
  static int or(@Value int a, @Value int b) {
    return a | b;
  }

  /// Bitwise and.
  @Instruction("and a, b -> rd : 2OP:9")
  static int and(@Value int a, @Value int b) {
    return a & b;
  }

  /// Bitwise not, as it was encoded until version 4.
  @Instruction("not a -> rd : 1OP:143 v1-4")
  static int notUntil4(@Value int a) {
    return ~a & 0xffff;
  }

  /// Bitwise not.
  @Instruction("not a -> rd : VAR:248 v5")
  static int not(@Value int a) {
    return ~a & 0xffff;
  }

  /// Shifts left by `places`, or right where that is negative, and fills with zeros.
  @Instruction("log_shift a, places -> rd : EXT:2 v5")
  static int logShift(@Value int a, @Value int places) {
    return (short) places >= 0
        ? a << Math.min(places, 16) & 0xffff
        : a >>> Math.min(-(short) places, 16);
  }

  /// Shifts left by `places`, or right where that is negative, and keeps the sign then.
  @Instruction("art_shift a, places -> rd : EXT:3 v5")
  static int artShift(@Value int a, @Value int places) {
    return (short) places >= 0
        ? a << Math.min(places, 16) & 0xffff
        : (short) a >> Math.min(-(short) places, 16) & 0xffff;
  }

  /// Adds 1 to a variable.
  @Instruction("inc rd : 1OP:133")
  @InPlace
  static int inc(@InPlace int rd) {
    return rd + 1 & 0xffff;
  }

  /// Takes 1 from a variable.
  @Instruction("dec rd : 1OP:134")
  @InPlace
  static int dec(@InPlace int rd) {
    return rd - 1 & 0xffff;
  }
}
