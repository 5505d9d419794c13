package hospes.riscv;

import hospes.engine.OperandText;
import java.util.OptionalLong;

/// The operand of LUI and AUIPC: the number without its twelve low zeros, in hexadecimal.
final class UpperText implements OperandText {
  private static final long LOWEST = -0x80000;
  private static final long HIGHEST = 0xfffff;

  @Override
  public String format(long value) {
    return "0x" + Long.toHexString(value >>> 12 & 0xfffff);
  }

  @Override
  public OptionalLong parse(String text) {
    return OptionalLong.empty();
  }

  @Override
  public long number(long written) {
    if (written < LOWEST || written > HIGHEST) {
      throw new IllegalArgumentException(
          "%#x is not a number of 20 bits; expected 0 to %#x".formatted(written, HIGHEST));
    }
    return (int) (written << 12);
  }
}
