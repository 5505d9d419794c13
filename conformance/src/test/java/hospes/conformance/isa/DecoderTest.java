package hospes.conformance.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.engine.Decoder;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import hospes.engine.WordDecoder;
import hospes.riscv.RiscvDecoder;
import hospes.riscv.RiscvInstructions;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The generated decoder against the table from which words are assembled and disassembled: the two
/// are derived from the same definitions in different ways.
class DecoderTest {
  private static final int RANDOM_WORDS = 12_000_000;
  private static final int WORDS_OF_EACH = 400;
  private static final int LENGTH = WordDecoder.SHORT | WordDecoder.LONG;

  /// What an interpreter on one thread does not need to know.
  private static final Set<String> NOT_KEPT = Set.of("aqrl", "pred", "succ");

  private final InstructionTable table = RiscvInstructions.table();
  private final WordDecoder decoder = new RiscvDecoder();
  private final SplittableRandom random = new SplittableRandom(20_240_411);

  @Test
  void shortWordsAreDecodedAsWhatTheyExpandTo() {
    for (int word = 0; word < 1 << 16; word++) {
      if (!table.isShort(word)) {
        assertEquals(3, word & 3);
        continue;
      }
      long packed = decoder.decode(word);
      assertEquals(WordDecoder.SHORT, packed & LENGTH);
      Optional<InstructionDefinition> found = table.find(word);
      if (found.isEmpty()) {
        assertEquals(Decoder.ILLEGAL, packed & Decoder.OPERATION, hexadecimal(word));
      } else {
        long expanded = decoder.decode(expand(found.get(), word));
        assertEquals(packed & ~LENGTH, expanded & ~LENGTH, hexadecimal(word));
      }
    }
  }

  private int expand(InstructionDefinition instruction, int word) {
    InstructionDefinition target = table.get(instruction.expansion().orElseThrow().target());
    SequencedMap<String, Long> own = instruction.extract(word);
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (String field : target.encoding().fields().keySet()) {
      values.put(field, Operands.operand(instruction, own, field));
    }
    return target.encode(values);
  }

  @Test
  void longWordsAreDecodedAsTheTableSays() throws ReflectiveOperationException {
    Map<Long, String> names = operations();
    List<InstructionDefinition> longOnes =
        table.instructions().stream()
            .filter(instruction -> instruction.encoding().width() == Integer.SIZE)
            .toList();
    int legal = 0;
    for (int i = 0; i < RANDOM_WORDS; i++) {
      int word = random.nextInt() | 3;
      if ((i & 1) == 0) {
        // Close to a legal word: one bit of its fixed ones may be wrong.
        var encoding = longOnes.get(random.nextInt(longOnes.size())).encoding();
        word = word & ~encoding.mask() | encoding.match();
        word ^= 1 << random.nextInt(Integer.SIZE) & ~3;
      }
      long operation = decoder.decode(word) & Decoder.OPERATION;
      String expected = table.find(word).map(found -> constant(found.mnemonic())).orElse("illegal");
      legal += expected.equals("illegal") ? 0 : 1;
      if (!expected.equals(operation == Decoder.ILLEGAL ? "illegal" : names.get(operation))) {
        fail(
            "%s is %s to the table, but %s to the decoder"
                .formatted(hexadecimal(word), expected, names.get(operation)));
      }
    }
    assertTrue(legal > RANDOM_WORDS / 10, "only " + legal + " legal words");
    assertTrue(legal < RANDOM_WORDS - RANDOM_WORDS / 10, "only few illegal words");
  }

  /// The decoder's own names of its operations.
  private Map<Long, String> operations() throws ReflectiveOperationException {
    Map<Long, String> names = new HashMap<>();
    for (InstructionDefinition instruction : table.instructions()) {
      if (instruction.expansion().isEmpty()) {
        Field operation = RiscvDecoder.class.getDeclaredField(constant(instruction.mnemonic()));
        operation.setAccessible(true);
        String other = names.put((long) operation.getInt(null), operation.getName());
        assertNull(other, operation::getName);
      }
    }
    return names;
  }

  private static String constant(String mnemonic) {
    return mnemonic.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /// For each operand there must be a place in the packed form that holds it in all words.
  @Test
  void operandsHaveTheirPlaceInThePackedForm() {
    for (InstructionDefinition instruction : table.instructions()) {
      if (instruction.expansion().isPresent() || instruction.extension().startsWith("Privileged")) {
        continue;
      }
      SequencedMap<String, Long> places = new LinkedHashMap<>();
      instruction.encoding().fields().keySet().forEach(field -> places.put(field, -1L));
      for (int i = 0; i < WORDS_OF_EACH; i++) {
        int word = random(instruction);
        if (!table.find(word).equals(Optional.of(instruction))) {
          continue;
        }
        long packed = decoder.decode(word);
        instruction
            .extract(word)
            .forEach(
                (field, value) ->
                    places.merge(
                        field, places(instruction, field, value, packed), (a, b) -> a & b));
      }
      places.forEach(
          (field, left) ->
              assertEquals(
                  NOT_KEPT.contains(field),
                  left == 0,
                  () -> "%s of %s".formatted(field, instruction.mnemonic())));
    }
  }

  private int random(InstructionDefinition instruction) {
    return random.nextInt() & ~instruction.encoding().mask() | instruction.encoding().match();
  }

  /// The bits of the packed form from which on the value could stand.
  private static long places(
      InstructionDefinition instruction, String field, long value, long packed) {
    int width = instruction.encoding().fieldWidth(field);
    long mask = (1L << width) - 1;
    long found = 0;
    for (int place = 0; place + width <= Long.SIZE; place++) {
      if ((packed >>> place & mask) == (value & mask)) {
        found |= 1L << place;
      }
    }
    return found;
  }

  @Test
  void extractedOperandsGiveTheSameWord() {
    for (InstructionDefinition instruction : table.instructions()) {
      int ignored = instruction.encoding().ignored();
      int matching = 0;
      for (int i = 0; i < WORDS_OF_EACH; i++) {
        int word = random(instruction);
        if (instruction.encoding().width() == Short.SIZE) {
          word &= 0xffff;
        }
        if (instruction.encoding().matches(word)) {
          matching++;
          assertEquals(
              word & ~ignored,
              instruction.encode(instruction.extract(word)) & ~ignored,
              instruction.mnemonic());
        }
      }
      assertTrue(matching > 0, instruction.mnemonic());
    }
  }

  @Test
  void drawnOperandsComeBackFromTheWord() {
    Operands operands = new Operands(table, random);
    for (InstructionDefinition instruction : table.instructions()) {
      for (int i = 0; i < WORDS_OF_EACH; i++) {
        SequencedMap<String, Long> values = operands.draw(instruction);
        if (Operands.canEncode(instruction, values)) {
          int word = instruction.encode(values);
          assertEquals(values, instruction.extract(word), instruction.mnemonic());
          assertTrue(table.find(word).isPresent(), instruction.mnemonic());
        }
      }
    }
  }

  @Test
  void operandsThatDoNotFitAreRefused() {
    for (long imm : new long[] {-2049, 2048, Long.MAX_VALUE}) {
      assertRefused("addi", "rd", 1, "rs1", 1, "imm", imm);
    }
    assertRefused("addi", "rd", 32, "rs1", 1, "imm", 0);
    assertRefused("beq", "rs1", 0, "rs2", 0, "offset", 3);
    assertRefused("c.lw", "rd'", 7, "rs1'", 8, "uimm", 0);
    assertRefused("c.lw", "rd'", 8, "rs1'", 8, "uimm", 2);
    assertRefused("c.addi16sp", "imm", 0);
    assertRefused("c.lwsp", "rd", 0, "uimm", 0);
  }

  private void assertRefused(String mnemonic, Object... operands) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < operands.length; i += 2) {
      values.put((String) operands[i], ((Number) operands[i + 1]).longValue());
    }
    assertFalse(
        Operands.canEncode(table.get(mnemonic), values),
        () -> mnemonic + Arrays.toString(operands));
  }

  private static String hexadecimal(int word) {
    return "0x" + Integer.toHexString(word);
  }
}
