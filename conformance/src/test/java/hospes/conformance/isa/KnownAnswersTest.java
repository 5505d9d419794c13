package hospes.conformance.isa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.engine.InstructionTable;
import hospes.riscv.RiscvInstructions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What QEMU 7.2 cannot judge, because it lacks the instruction, is wrong about it, or the answer
/// depends on how it is built: held to the manual. RISC-V Unprivileged ISA 20240411.
@EveryTier
class KnownAnswersTest {
  private static final int POINTER = 31;
  private static final int ILLEGAL_INSTRUCTION = 2;
  private static final int FRM = 2;
  private static final int MCYCLE = 0xb00;
  private static final int MINSTRET = 0xb02;
  private static final int CYCLE = 0xc00;
  private static final int TIME = 0xc01;
  private static final int INSTRET = 0xc02;

  private final InstructionTable table = RiscvInstructions.table();
  private final HospesSide hospes;
  private final long[] state = new long[Layout.STATE_WORDS];
  private final byte[] window = new byte[Layout.WINDOW_BYTES];
  private final List<List<Step>> program = new ArrayList<>();

  KnownAnswersTest(Tier tier) {
    hospes = new HospesSide(table, HospesSide.Addressing.BARE, tier);
  }

  @AfterEach
  void close() {
    hospes.close();
  }

  /// 12.1, Zicond.
  @Test
  void conditionalZeroingLooksAtTheWholeCondition() {
    for (long condition : new long[] {0, 1, -1, 1L << 32, Long.MIN_VALUE}) {
      for (long value : new long[] {0, 42, -1, Long.MIN_VALUE}) {
        state[5] = value;
        state[6] = condition;
        program.clear();
        add("czero.eqz", "rd", 7, "rs1", 5, "rs2", 6);
        add("czero.nez", "rd", 8, "rs1", 5, "rs2", 6);
        add("czero.eqz", "rd", 5, "rs1", 5, "rs2", 5);
        Answer answer = run();
        assertEquals(condition == 0 ? 0 : value, answer.state()[7]);
        assertEquals(condition == 0 ? value : 0, answer.state()[8]);
        assertEquals(value, answer.state()[5]);
      }
    }
  }

  /// 15.1, Zawrs: "the hart may resume for any reason".
  @Test
  void waitingOnAReservationEndsWithAndWithoutOne() {
    add("wrs.nto");
    add("wrs.sto");
    add("lr.d", "rd", 5, "rs1", POINTER, "aqrl", 0);
    add("wrs.nto");
    add("wrs.sto");
    add("sc.d", "rd", 6, "rs1", POINTER, "rs2", POINTER, "aqrl", 0);
    Answer answer = run();
    assertEquals(0, answer.state()[6]);
  }

  /// 19.6.2, CBO.ZERO: the naturally aligned block that contains the address; blocks have 64 bytes.
  @Test
  void zeroingACacheBlockTouchesThatBlockOnly() {
    Arrays.fill(window, (byte) 0xa5);
    state[5] = Layout.CENTRE + 64 + 37;
    add("cbo.zero", "rs1", 5);
    byte[] expected = window.clone();
    int block = (int) (Layout.CENTRE + 64 - Layout.WINDOW);
    Arrays.fill(expected, block, block + 64, (byte) 0);
    assertArrayEquals(expected, run().window());
  }

  /// 19.5: there is no cache, so what the instructions would write back is already in memory.
  @Test
  void managingCacheBlocksLeavesMemoryAsItIs() {
    for (int i = 0; i < window.length; i++) {
      window[i] = (byte) i;
    }
    add("sd", "rs2", POINTER, "rs1", POINTER, "imm", 0);
    add("cbo.clean", "rs1", POINTER);
    add("cbo.flush", "rs1", POINTER);
    add("cbo.inval", "rs1", POINTER);
    add("ld", "rd", 5, "rs1", POINTER, "imm", 0);
    assertEquals(Layout.CENTRE, run().state()[5]);
  }

  /// 31.4.2: "if the input is 0, the output is 32"; QEMU 7.2 counts on in the upper word.
  @Test
  void trailingZerosOfAZeroWordAre32() {
    state[5] = 0x0000_0100_0000_0000L;
    add("ctzw", "rd", 6, "rs1", 5);
    add("clzw", "rd", 7, "rs1", 5);
    Answer answer = run();
    assertEquals(32, answer.state()[6]);
    assertEquals(32, answer.state()[7]);
  }

  /// 2.7: other fence modes are treated as a normal fence, rs1 and rd are ignored.
  @Test
  void fencesIgnoreWhatIsReserved() {
    state[5] = 77;
    for (int word : new int[] {0x0ff0_000f, 0x5ff2_828f, 0x8332_828f, 0x0002_928f, 0xfff2_928f}) {
      program.clear();
      addWord(word);
      assertEquals(77, run().state()[5]);
    }
  }

  /// 21.2: rounding modes 5 and 6 are reserved, in the instruction and in `frm`, where 7 is, too.
  @Test
  void reservedRoundingModesAreIllegal() {
    for (String mnemonic : List.of("fadd.s", "fmul.d", "fdiv.s")) {
      for (int mode : new int[] {5, 6}) {
        program.clear();
        add(mnemonic, "rd", 1, "rs1", 2, "rs2", 3, "rm", mode);
        assertIllegal();
      }
      for (int dynamic : new int[] {5, 6, 7}) {
        program.clear();
        add("csrrwi", "rd", 0, "csr", FRM, "uimm", dynamic);
        add(mnemonic, "rd", 1, "rs1", 2, "rs2", 3, "rm", 7);
        assertIllegal();
        program.removeLast();
        add(mnemonic, "rd", 1, "rs1", 2, "rs2", 3, "rm", 1);
        add("fsgnj.s", "rd", 4, "rs1", 2, "rs2", 3);
        assertEquals((long) dynamic << 5, run().state()[Layout.FCSR] & ~31);
      }
    }
    program.clear();
    add("fcvt.d.w", "rd", 1, "rs1", 2, "rm", 5);
    assertIllegal();
  }

  private void assertIllegal() {
    Step last = program.getLast().getLast();
    HospesSide.Trapped trap = assertThrows(HospesSide.Trapped.class, this::run);
    assertEquals(ILLEGAL_INSTRUCTION, trap.cause);
    assertEquals(last.encode(0), (int) trap.value);
  }

  /// 6.1: an instruction reads a counter as it was before the instruction.
  @Test
  void countersCountEveryInstructionOnce() {
    for (int counter : new int[] {CYCLE, INSTRET}) {
      program.clear();
      add("csrrs", "rd", 5, "csr", counter, "rs1", 0);
      add("addi", "rd", 7, "rs1", 7, "imm", 1);
      add("c.addi", "rd", 7, "imm", 1);
      add("ld", "rd", 8, "rs1", POINTER, "imm", -3);
      add("csrrs", "rd", 6, "csr", counter, "rs1", 0);
      Answer answer = run();
      assertEquals(4, answer.state()[6] - answer.state()[5]);
    }
  }

  /// 8.1: RDTIME reads the board's clock.
  @Test
  void timeIsTheBoards() {
    add("csrrs", "rd", 5, "csr", TIME, "rs1", 0);
    assertEquals(HospesSide.TICKS, run().state()[5]);
  }

  /// 6.1: "a value written to instret by one instruction will be the value read by the following
  /// instruction"; a cycle is an instruction here.
  @Test
  void writtenCountersGoOnFromWhatWasWritten() {
    state[5] = 1000;
    add("csrrw", "rd", 0, "csr", MINSTRET, "rs1", 5);
    add("csrrs", "rd", 6, "csr", INSTRET, "rs1", 0);
    add("csrrw", "rd", 0, "csr", MCYCLE, "rs1", 5);
    add("addi", "rd", 0, "rs1", 0, "imm", 0);
    add("csrrs", "rd", 7, "csr", CYCLE, "rs1", 0);
    Answer answer = run();
    assertEquals(1000, answer.state()[6]);
    assertEquals(1001, answer.state()[7]);
  }

  /// 2.2: the fixed word of all zeros, and others that mean nothing.
  @Test
  void wordsThatMeanNothingAreIllegal() {
    for (int word :
        new int[] {0, 0x6101, 0x8002, 0x4002, 0x9c41, 0x8000, 0xffff_ffff, 0xc000_1073}) {
      program.clear();
      if (table.isShort(word)) {
        // The runner of streams needs a definition: the word is put in by a store instead.
        state[5] = word;
        add("auipc", "rd", 6, "imm", 0);
        add("sh", "rs2", 5, "rs1", 6, "imm", 12);
        add("fence.i");
        add("c.addi", "rd", 0, "imm", 0);
      } else {
        state[5] = word;
        add("auipc", "rd", 6, "imm", 0);
        add("sw", "rs2", 5, "rs1", 6, "imm", 12);
        add("fence.i");
        add("addi", "rd", 0, "rs1", 0, "imm", 0);
      }
      HospesSide.Trapped trap = assertThrows(HospesSide.Trapped.class, this::run);
      assertEquals(ILLEGAL_INSTRUCTION, trap.cause);
      assertEquals(word, (int) trap.value, "tval");
    }
  }

  private void addWord(int word) {
    var definition = table.find(word).orElseThrow();
    state[6] = word;
    add("auipc", "rd", 7, "imm", 0);
    add("sw", "rs2", 6, "rs1", 7, "imm", 12);
    add("fence.i");
    add("addi", "rd", 0, "rs1", 0, "imm", 0);
    assertEquals(Integer.SIZE, definition.encoding().width());
  }

  private void add(String mnemonic, Object... operands) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < operands.length; i += 2) {
      values.put((String) operands[i], ((Number) operands[i + 1]).longValue());
    }
    program.add(List.of(Step.of(table.get(mnemonic), values)));
  }

  private Answer run() {
    Stream stream = new Stream(0, POINTER, 0, program, window, List.of(state));
    return hospes.answers(stream, StreamCode.assemble(table, stream)).getFirst();
  }
}
