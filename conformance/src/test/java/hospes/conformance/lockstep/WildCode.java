package hospes.conformance.lockstep;

import hospes.conformance.isa.Operands;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import hospes.engine.OperandKind.Form;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// Draws any instruction at all, with any operands; only branches stay near.
final class WildCode {
  private static final int NEAR = 40;
  private static final int DATA_POINTER = 3;

  private final InstructionTable table;
  private final SplittableRandom random;
  private final Operands operands;
  private final List<InstructionDefinition> all;

  WildCode(InstructionTable table, SplittableRandom random) {
    this.table = table;
    this.random = random;
    this.operands = new Operands(table, random);
    this.all = table.instructions();
  }

  /// The next line of the program.
  String next() {
    if (random.nextInt(20) == 0) {
      // Lest no address is ever good.
      return "        ld gp, data_pointer\n";
    }
    if (random.nextInt(50) == 0) {
      return "        .half 0x%x\n".formatted(random.nextInt(0x1_0000));
    }
    while (true) {
      InstructionDefinition choice = all.get(random.nextInt(all.size()));
      SequencedMap<String, Long> values = operands.draw(choice);
      values.replaceAll((field, value) -> tame(choice, field, value));
      if (Operands.canEncode(choice, values)) {
        int bits = choice.encode(values);
        return table.isShort(bits)
            ? "        .half 0x%x # %s\n".formatted(bits & 0xffff, choice.mnemonic())
            : "        .word 0x%x # %s\n".formatted(bits, choice.mnemonic());
      }
    }
  }

  private long tame(InstructionDefinition choice, String field, long value) {
    if (field.equals("rm") || !choice.operands().containsKey(field)) {
      return value;
    }
    if (choice.operand(field).form() == Form.RELATIVE) {
      return 2L * random.nextInt(-NEAR / 4, NEAR);
    }
    boolean isBase = field.equals("rs1") && choice.syntax().parts().contains("(");
    return isBase && random.nextInt(3) > 0 ? DATA_POINTER : value;
  }
}
