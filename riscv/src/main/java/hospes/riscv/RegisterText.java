package hospes.riscv;

import hospes.engine.OperandText;
import java.util.List;
import java.util.OptionalLong;

/// Names of registers. RISC-V ABIs Specification 1.0, "Register Convention".
sealed class RegisterText implements OperandText {
  private final char letter;
  private final List<String> names;

  private RegisterText(char letter, String names) {
    this.letter = letter;
    this.names = List.of(names.split(" "));
  }

  @Override
  public String format(long value) {
    return names.get((int) value);
  }

  @Override
  public OptionalLong parse(String text) {
    int index = text.equals("fp") && letter == 'x' ? 8 : names.indexOf(text);
    if (index < 0 && text.matches(letter + "[0-9]{1,2}")) {
      int number = java.lang.Integer.parseInt(text.substring(1));
      index = number < names.size() ? number : -1;
    }
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
  }

  /// Integer registers.
  static final class Integer extends RegisterText {
    Integer() {
      super(
          'x',
          "zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6");
    }
  }

  /// Floating-point registers.
  static final class Float extends RegisterText {
    Float() {
      super(
          'f',
          "ft0 ft1 ft2 ft3 ft4 ft5 ft6 ft7 fs0 fs1 fa0 fa1 fa2 fa3 fa4 fa5 fa6 fa7"
              + " fs2 fs3 fs4 fs5 fs6 fs7 fs8 fs9 fs10 fs11 ft8 ft9 ft10 ft11");
    }
  }
}
