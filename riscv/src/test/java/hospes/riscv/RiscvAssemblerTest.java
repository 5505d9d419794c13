package hospes.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.engine.AssemblerException;
import hospes.engine.Assembly;
import hospes.engine.AssemblySource;
import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import hospes.formats.elf.Symbol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RiscvAssemblerTest {
  private static final long BASE = 0x8000_0000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          adi a0, a0, 1       | unknown instruction 'adi'; did you mean 'addi'?
          frobnicate          | unknown instruction 'frobnicate'
          addi a0, a1         | 'addi a0, a1' does not fit; expected 'addi rd, rs1, imm'
          addi a0, q1, 3      | 'addi a0, q1, 3' does not fit; expected 'addi rd, rs1, imm'
          addi a0, a0, 2048   | 2048 does not fit the operand imm of addi, which takes -2048 to 2047
          j . + 3             | 3 does not fit the operand offset of jal, which takes -1048576 to 1048574 in steps of 2
          addi a0, a0, x + 1  | 'x' is not defined; expected a number or a symbol
          addi a0, a0, 1 +    | expected a number or a name at the end of '1 +'
          addi a0, a0, (1     | expected ) at the end of '(1'
          addi a0, a0, 1 2    | expected an operator, but found '2'
          addi a0, a0, 1 / 0  | division by zero
          lui a0, 0x100000    | 0x100000 is not a number of 20 bits; expected 0 to 0xfffff
          li a0               | expected 'li rd, number'
          lui a0, %top(x)     | 'x' is not defined; expected a number or a symbol
          lui a0, %top(1)     | unknown %top; expected %hi, %lo, %pcrel_hi or %pcrel_lo
          lw a0, %pcrel_lo(.)(a0) | expected %pcrel_lo to name the label of an instruction further up that uses %pcrel_hi
          call -0x10000000    | the distance to the symbol, 0xffffffff6ffffffc, does not fit into 32 bits with sign
          lr.w a0, a1          | 'lr.w a0, a1' does not fit; expected 'lr.w{aqrl} rd, (rs1)'
          .byte 256           | 256 does not fit into the 8 bits of .byte
          .align 40           | expected the exponent of a power of two, 0 to 16 (.balign takes bytes), behind .align
          .space -1           | cannot fill -1 bytes
          .org 2              | .text already holds 4 bytes; expected a distance from its start of at least that
          .ascii hello        | expected a string in double quotes, not 'hello'
          .ascii "\\q"        | unknown escape \\q in a string
          .ascii "hello       | the string is not closed; expected " at its end
          .bss; nop           | .bss holds no instructions; expected .text before them
          .macro x            | unknown directive '.macro'
          .option rvc         | unknown directive '.option'
          first: nop          | 'first' is defined twice
          .globl nowhere      | never defined, though declared .globl: nowhere
          1: j 2f             | '2f' is not defined; expected a number or a symbol
          """)
  void anErrorSaysWhereItIsAndWhatWasExpected(String line, String expected) {
    AssemblerException error =
        assertThrows(
            AssemblerException.class,
            () -> RiscvAssembler.assemble(BASE, "wrong.s", "first:\n nop\n" + line + "\n"));
    assertEquals("wrong.s:3: " + expected, error.getMessage());
    assertEquals(3, error.line());
  }

  @Test
  void anErrorNamesItsOwnSourceWhereThereAreSeveral() {
    List<AssemblySource> sources =
        List.of(new AssemblySource("one.s", "a: nop\n"), new AssemblySource("two.s", "a: nop\n"));
    AssemblerException error =
        assertThrows(AssemblerException.class, () -> RiscvAssembler.assemble(BASE, sources));
    assertEquals("two.s:1: 'a' is defined twice", error.getMessage());
    assertEquals("two.s", error.file());
  }

  @Test
  void sizesThatNeverSettleAreAnErrorRatherThanAnEndlessLoop() {
    assertThrows(
        AssemblerException.class,
        () -> RiscvAssembler.assemble(BASE, "wrong.s", "x: .space -8 * (y == x)\ny: nop"));
  }

  @Test
  void sizesAndConstantsMayDependOnWhatComesLater() {
    Assembly program =
        RiscvAssembler.assemble(
            BASE,
            "forward.s",
            """
            first:  li   a0, SIZE << 30   // two instructions
                    .space  last - second
            second: .word LENGTH
            last:
                    .equ SIZE, last - first
                    LENGTH = last - second
            """);
    assertEquals(BASE + 8 + 4, program.valueOf("second"));
    assertEquals(16, program.valueOf("SIZE"));
    assertEquals(Assembly.Meaning.CONSTANT, program.symbol("LENGTH").orElseThrow().meaning());
  }

  @Test
  void sectionsFollowEachOtherWithTheBlankOneLastAndOutOfTheImage() {
    Assembly program =
        RiscvAssembler.assemble(
            BASE,
            "sections.s",
            """
                    .bss
            room:   .space 100
                    .data
            number: .dword room
                    .text
            _start: ret
            """);
    assertEquals(
        List.of(".text", ".data", ".bss"),
        program.sections().stream().map(Assembly.Section::name).toList());
    assertEquals(BASE + 12, program.valueOf("room"));
    assertArrayEquals(
        new byte[] {0x67, (byte) 0x80, 0, 0, 12, 0, 0, (byte) 0x80, 0, 0, 0, 0}, program.image());
  }

  @Test
  void theElfFileHoldsSegmentsSymbolsAndTheEntry() throws FormatException {
    Assembly program =
        RiscvAssembler.assemble(
            BASE,
            "test.s",
            """
                    .globl tohost
                    .equ   MAGIC, 42
                    nop
            _start: j      .
                    .data
                    .balign 64
            tohost: .dword 0
                    .bss
                    .space 4096
            """);
    ElfFile elf = ElfFile.parse(RiscvAssembler.toElf(program));
    assertEquals(ElfFile.MACHINE_RISCV, elf.machine());
    assertEquals(BASE + 4, elf.entry());
    assertEquals(3, elf.segments().size());
    Segment text = elf.segments().getFirst();
    assertEquals(BASE, text.physicalAddress());
    assertEquals(Segment.READ | Segment.EXECUTE, text.flags());
    assertEquals(8, text.data().remaining());
    assertEquals(4096, elf.segments().getLast().memorySize());
    assertEquals(0, elf.segments().getLast().data().remaining());
    Symbol tohost = elf.symbol("tohost").orElseThrow();
    assertEquals(BASE + 64, tohost.value());
    assertEquals(Symbol.GLOBAL, tohost.binding());
    assertEquals(".data", elf.sections().get(tohost.section()).name());
    assertEquals(Symbol.ABSOLUTE, elf.symbol("MAGIC").orElseThrow().section());
  }
}
