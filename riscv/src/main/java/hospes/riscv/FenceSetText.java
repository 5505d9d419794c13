package hospes.riscv;

import hospes.engine.OperandText;
import java.util.OptionalLong;

/// Sets of accesses that FENCE orders: input, output, read, write. RISC-V Unprivileged ISA
/// 20240411, 2.7.
final class FenceSetText implements OperandText {
  private static final String LETTERS = "wroi";

  @Override
  public String format(long value) {
    StringBuilder text = new StringBuilder();
    for (int bit = 3; bit >= 0; bit--) {
      if ((value >>> bit & 1) != 0) {
        text.append(LETTERS.charAt(bit));
      }
    }
    return text.isEmpty() ? "unknown" : text.toString();
  }

  @Override
  public OptionalLong parse(String text) {
    long value = 0;
    for (char letter : text.toCharArray()) {
      int bit = LETTERS.indexOf(letter);
      if (bit < 0) {
        return OptionalLong.empty();
      }
      value |= 1L << bit;
    }
    return OptionalLong.of(value);
  }
}
