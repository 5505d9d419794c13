package hospes.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.engine.Assembly;
import hospes.engine.Encoding;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionDefinition.Operand;
import hospes.engine.InstructionTable;
import hospes.engine.OperandKind.Form;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same text gives the same bytes as in the GNU assembler.
final class AssemblerAgainstGnuTest {
  private static final long BASE = 0x8020_0000L;
  private static final int SAMPLES = 12;
  private static final String EXTENSIONS =
      "_zicsr_zifencei_zba_zbb_zbc_zbs_zicbom_zicboz_zawrs_zihintpause_svinval";
  private static final String WIDE = "rv64imafd" + EXTENSIONS;
  private static final String WITH_SHORT = "rv64imafdc" + EXTENSIONS;

  /// Binutils 2.40 does not know Zicond yet.
  private static final Set<String> UNKNOWN_TO_GNU = Set.of("czero.eqz", "czero.nez");

  private final InstructionTable table = RiscvInstructions.table();
  private final Random random = new Random(20240411);

  @TempDir private Path directory;

  @Test
  void everyInstructionOfTheTableIsAssembledAsGnuDoes() throws IOException {
    compareSamples(WIDE, 32);
  }

  @Test
  void everyCompressedInstructionIsAssembledAsGnuDoes() throws IOException {
    compareSamples(WITH_SHORT, 16);
  }

  @Test
  void aliasesPseudoInstructionsLabelsAndDirectivesAreAssembledAsGnuDoes() throws IOException {
    String source;
    try (InputStream text = getClass().getResourceAsStream("broad.s")) {
      source =
          new String(
              Objects.requireNonNull(text, "broad.s").readAllBytes(), StandardCharsets.UTF_8);
    }
    Assembly ours = RiscvAssembler.assemble(BASE, "broad.s", source);
    List<String> placements =
        ours.sections().stream()
            .filter(section -> !section.isExecutable())
            .map(section -> "--section-start=%s=%#x".formatted(section.name(), section.address()))
            .toList();
    compare(WIDE, placements, source, ours);
  }

  @Test
  void constantsOfEveryShapeAreLoadedAsGnuDoes() throws IOException {
    StringBuilder source = new StringBuilder();
    for (long number : new long[] {0, 1, -1, 2047, 2048, -2048, -2049, 0x7fffffff, 0x80000000L}) {
      source.append("li a0, %d\n".formatted(number));
    }
    for (int shift = 0; shift < 64; shift++) {
      source.append("li a1, %d\n".formatted(1L << shift));
      source.append("li a1, %d\n".formatted((1L << shift) - 1));
      source.append("li a2, %d\n".formatted(-1L << shift));
      source.append("li a3, %d\n".formatted(random.nextLong() >> shift));
      source.append("li a4, 0x%x\n".formatted(random.nextLong() >>> shift));
    }
    compare(
        WIDE,
        List.of(),
        source.toString(),
        RiscvAssembler.assemble(BASE, "constants.s", source.toString()));
  }

  private void compareSamples(String architecture, int width) throws IOException {
    StringBuilder source = new StringBuilder();
    List<Integer> words = new ArrayList<>();
    for (InstructionDefinition instruction : table.instructions()) {
      if (instruction.encoding().width() != width
          || UNKNOWN_TO_GNU.contains(instruction.mnemonic())) {
        continue;
      }
      for (int i = 0; i < SAMPLES; i++) {
        int bits = sample(instruction);
        words.add(bits);
        source.append(text(instruction, bits)).append('\n');
      }
    }
    Assembly ours = RiscvAssembler.assemble(BASE, "samples.s", source.toString());
    String[] lines = source.toString().split("\n");
    ByteBuffer image = ByteBuffer.wrap(ours.image()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < lines.length; i++) {
      int bits = width == 32 ? image.getInt() : image.getShort() & 0xffff;
      assertEquals(Integer.toHexString(words.get(i)), Integer.toHexString(bits), lines[i]);
    }
    compare(architecture, List.of(), source.toString(), ours);
  }

  /// A word of the instruction with random operands that can be written.
  private int sample(InstructionDefinition instruction) {
    Encoding encoding = instruction.encoding();
    while (true) {
      int bits = encoding.match();
      for (String field : instruction.syntax().operands()) {
        if (encoding.fields().containsKey(field)) {
          bits = encoding.insert(field, bits, random.nextInt());
        }
      }
      if (encoding.matches(bits)
          && table.find(bits).orElseThrow().equals(instruction)
          && !text(instruction, bits).contains("unknown")) {
        return bits;
      }
    }
  }

  private static String text(InstructionDefinition instruction, int bits) {
    var values = instruction.extract(bits);
    return instruction
        .syntax()
        .format(
            field -> {
              if (!values.containsKey(field)) {
                return field;
              }
              Operand operand = instruction.operand(field);
              long value = values.get(field);
              if (field.equals("csr")) {
                return "0x" + Long.toHexString(value); // GNU knows other names than we do
              }
              return operand.form() == Form.RELATIVE
                  ? ". + (%d)".formatted(value)
                  : operand.text().format(value);
            });
  }

  private void compare(String architecture, List<String> placements, String source, Assembly ours)
      throws IOException {
    byte[] theirs = new GnuAssembler(directory).image(architecture, BASE, placements, source);
    byte[] image = ours.image();
    String[] expected = listing(theirs);
    String[] actual = listing(image);
    for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
      assertEquals(expected[i], actual[i], "at offset %#x, near line %d".formatted(4 * i, i + 1));
    }
    assertEquals(theirs.length, image.length, "length");
  }

  private static String[] listing(byte[] bytes) {
    String[] words = new String[(bytes.length + 3) / 4];
    for (int i = 0; i < bytes.length; i++) {
      words[i / 4] =
          "%02x%s".formatted(bytes[i], i % 4 == 0 ? "" : Objects.requireNonNull(words[i / 4]));
    }
    return words;
  }
}
