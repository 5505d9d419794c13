package hospes.riscv;

import hospes.engine.OperandText;
import java.util.List;
import java.util.OptionalLong;

/// Suffixes of atomic instructions. RISC-V Unprivileged ISA 20240411, 14.1.
final class OrderingText implements OperandText {
  private static final List<String> NAMES = List.of("", ".rl", ".aq", ".aqrl");

  @Override
  public String format(long value) {
    return NAMES.get((int) value);
  }

  @Override
  public OptionalLong parse(String text) {
    int index = NAMES.indexOf(text);
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
  }
}
