package hospes.riscv;

import hospes.engine.OperandText;
import java.util.List;
import java.util.OptionalLong;

/// Names of rounding modes; the dynamic one goes without saying. RISC-V Unprivileged ISA 20240411,
/// 21.2.
final class RoundingModeText implements OperandText {
  private static final List<String> NAMES =
      List.of("rne", "rtz", "rdn", "rup", "rmm", "unknown", "unknown", "dyn");

  private static final int DYNAMIC = 7;

  @Override
  public String format(long value) {
    return value == DYNAMIC ? "" : NAMES.get((int) value);
  }

  @Override
  public OptionalLong parse(String text) {
    int index = NAMES.indexOf(text);
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
  }
}
