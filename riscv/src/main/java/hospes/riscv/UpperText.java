package hospes.riscv;

import hospes.engine.OperandText;
import java.util.OptionalLong;

/// The operand of LUI and AUIPC: the number without its twelve low zeros, in hexadecimal.
final class UpperText implements OperandText {
  @Override
  public String format(long value) {
    return "0x" + Long.toHexString(value >>> 12 & 0xfffff);
  }

  @Override
  public OptionalLong parse(String text) {
    try {
      return OptionalLong.of((int) (Long.decode(text) << 12));
    } catch (NumberFormatException expression) {
      return OptionalLong.empty();
    }
  }
}
