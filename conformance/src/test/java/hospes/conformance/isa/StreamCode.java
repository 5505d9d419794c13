package hospes.conformance.isa;

import hospes.engine.Disassembler;
import hospes.engine.InstructionTable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The machine code of a stream: loads all registers from the state, executes the instructions,
/// stores all registers, and leaves.
final class StreamCode {
  private static final long HALF = 2048;

  private final InstructionTable table;
  private final Stream stream;
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private final List<String> listing = new ArrayList<>();
  private final Disassembler disassembler;
  private int ownInstructions;

  private StreamCode(InstructionTable table, Stream stream) {
    this.table = table;
    this.stream = stream;
    this.disassembler = new Disassembler(table, Disassembler.Style.PLAIN, StreamCode::hexadecimal);
  }

  private static String hexadecimal(long address) {
    return "0x" + Long.toHexString(address);
  }

  /// The code of a stream.
  ///
  /// @param bytes the machine code
  /// @param ownInstructions how many instructions are not the stream's
  /// @param listing the stream's instructions as text
  record Assembled(byte[] bytes, int ownInstructions, List<String> listing) {}

  static Assembled assemble(InstructionTable table, Stream stream) {
    StreamCode maker = new StreamCode(table, stream);
    maker.enter();
    maker.body();
    maker.leave();
    return new Assembled(maker.code.toByteArray(), maker.ownInstructions, maker.listing);
  }

  private long here() {
    return Layout.CODE + stream.codeOffset() + code.size();
  }

  private void enter() {
    int pointer = stream.pointer();
    int spare = spare();
    long distance = Layout.STATE - here();
    long low = distance << 52 >> 52;
    own("auipc", "rd", pointer, "imm", distance - low);
    own("addi", "rd", pointer, "rs1", pointer, "imm", low);
    own("ld", "rd", spare, "rs1", pointer, "imm", 8 * Layout.FCSR);
    own("csrrw", "rd", 0, "csr", 3, "rs1", spare);
    for (int i = 0; i < 32; i++) {
      own("fld", "rd", i, "rs1", pointer, "imm", 8 * (Layout.FLOATS + i));
    }
    for (int i = 1; i < 32; i++) {
      if (i != pointer) {
        own("ld", "rd", i, "rs1", pointer, "imm", 8 * i);
      }
    }
    own("addi", "rd", pointer, "rs1", pointer, "imm", -HALF);
    own("addi", "rd", pointer, "rs1", pointer, "imm", -HALF);
  }

  private void leave() {
    int pointer = stream.pointer();
    int spare = spare();
    own("addi", "rd", pointer, "rs1", pointer, "imm", HALF - 1);
    own("addi", "rd", pointer, "rs1", pointer, "imm", HALF - 1);
    own("addi", "rd", pointer, "rs1", pointer, "imm", 2);
    for (int i = 1; i < 32; i++) {
      if (i != pointer) {
        own("sd", "rs2", i, "rs1", pointer, "imm", 8 * i);
      }
    }
    for (int i = 0; i < 32; i++) {
      own("fsd", "rs2", i, "rs1", pointer, "imm", 8 * (Layout.FLOATS + i));
    }
    own("csrrs", "rd", spare, "csr", 3, "rs1", 0);
    own("sd", "rs2", spare, "rs1", pointer, "imm", 8 * Layout.FCSR);
    own("ld", "rd", spare, "rs1", pointer, "imm", 8 * Layout.EXIT);
    own("jalr", "rd", 0, "rs1", spare, "imm", 0);
  }

  private int spare() {
    return stream.pointer() == 1 ? 2 : 1;
  }

  private void own(String mnemonic, Object... operands) {
    ownInstructions++;
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < operands.length; i += 2) {
      values.put((String) operands[i], ((Number) operands[i + 1]).longValue());
    }
    put(table.get(mnemonic).encode(values), Integer.BYTES);
  }

  private void body() {
    int[] starts = new int[stream.items().size() + 1];
    starts[0] = code.size();
    for (int i = 0; i < stream.items().size(); i++) {
      starts[i + 1] = starts[i] + stream.items().get(i).stream().mapToInt(Step::length).sum();
    }
    for (int i = 0; i < stream.items().size(); i++) {
      List<Step> item = stream.items().get(i);
      int[] at = new int[item.size()];
      for (int k = 0; k < item.size(); k++) {
        Step step = item.get(k);
        at[k] = code.size();
        int after = i + 1;
        long distance =
            step.reference()
                .map(
                    reference ->
                        (long) starts[Math.min(after + reference.skip(), starts.length - 1)]
                            - at[reference.from()])
                .orElse(0L);
        int bits = step.encode(distance);
        listing.add("%s: %s".formatted(hexadecimal(here()), text(here(), bits)));
        put(bits, step.length());
      }
    }
  }

  private String text(long address, int bits) {
    return disassembler.disassemble(address, bits).replace('\t', ' ');
  }

  private void put(int bits, int bytes) {
    for (int i = 0; i < bytes; i++) {
      code.write(bits >>> 8 * i);
    }
  }
}
