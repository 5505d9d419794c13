package hospes.conformance.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.Disassembler;
import hospes.engine.Disassembler.Style;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import hospes.formats.elf.ElfFile;
import hospes.riscv.RiscvDisassembler;
import hospes.riscv.RiscvInstructions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What we write, against what Debian's `riscv64-linux-gnu-objdump` (binutils 2.40) writes.
class DisassemblerTest {
  private static final String LIBRARIES = "/usr/riscv64-linux-gnu/lib/";
  private static final int WORDS_OF_EACH = 60;
  private static final int RANDOM_WORDS = 60_000;

  /// All our extensions that binutils 2.40 knows; it lacks Zicond.
  private static final String EXTENSIONS =
      "rv64gc_zba_zbb_zbc_zbs_zicbom_zicboz_zawrs_svinval_zihintpause";

  /// Of the hypervisor extension, and one that left the manual before it was ratified.
  private static final Set<String> NOT_OURS = Set.of("hinval.vvma", "hinval.gvma", "sfence.vm");

  private final InstructionTable table = RiscvInstructions.table();

  @TempDir Path directory;

  /// A line of objdump's that holds an instruction.
  private record Line(long address, int bits, String text) {
    static Stream<Line> parse(String line) {
      String[] parts = line.split("\t", 3);
      if (parts.length < 3 || !parts[0].endsWith(":")) {
        return Stream.empty();
      }
      String text = parts[2].replaceFirst("\\s*#.*$", "").replaceFirst("\\s*<.*>$", "");
      return Stream.of(
          new Line(
              HexFormat.fromHexDigitsToLong(parts[0].replace(":", "").strip()),
              (int) HexFormat.fromHexDigitsToLong(parts[1].strip()),
              text.stripTrailing()));
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void everyInstructionOfTheCLibraryIsWrittenAsObjdumpDoes(Style style) throws IOException {
    int compared = 0;
    for (String library : List.of("libc.so.6", "libm.so.6", "libgcc_s.so.1")) {
      Path file = CrossTools.installed(LIBRARIES + library);
      compared += compare(style, objdump(style, "-d", file.toString()), Set.of());
    }
    assertTrue(compared > 350_000, "only " + compared);
    System.out.printf("%,d instructions of libraries written as objdump does%n", compared);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void everyInstructionIsWrittenAsObjdumpDoesWhateverItsOperands(Style style) throws IOException {
    SplittableRandom random = new SplittableRandom(20_240_411);
    List<String> source = new ArrayList<>();
    source.add(".attribute arch, \"%s\"".formatted(EXTENSIONS));
    source.add(".text");
    Operands operands = new Operands(table, random);
    for (InstructionDefinition instruction : table.instructions()) {
      if (instruction.extension().equals("Zicond")) {
        continue;
      }
      for (int i = 0; i < WORDS_OF_EACH; i++) {
        var values = operands.draw(instruction);
        if (Operands.canEncode(instruction, values)) {
          source.add(word(instruction.encode(values)));
        }
      }
    }
    // All CSRs by all CSR instructions, with and without registers.
    for (int csr = 0; csr < 4096; csr++) {
      for (int function : new int[] {1, 2, 3, 5, 6, 7}) {
        source.add(
            word(csr << 20 | (csr & 1) * 11 << 15 | function << 12 | (csr >> 1 & 1) << 7 | 0x73));
        source.add(word(csr << 20 | (~csr & 1) * 11 << 15 | function << 12 | 0x73));
      }
    }
    for (int i = 0; i < RANDOM_WORDS; i++) {
      // Longer instructions would begin with five ones.
      int bits = random.nextInt() | 3;
      source.add(word((bits & 0x1f) == 0x1f ? bits & ~4 : bits));
    }
    Path assembly = Files.write(directory.resolve("words.s"), source);
    Path object = directory.resolve("words.o");
    CrossTools.run(
        directory.resolve("assembler-output"),
        List.of("riscv64-linux-gnu-gcc", "-c", "-o", object.toString(), assembly.toString()));
    assertTrue(compare(style, objdump(style, "-d", "-z", object.toString()), NOT_OURS) > 100_000);
  }

  private String word(int bits) {
    return table.isShort(bits)
        ? ".insn 2, 0x%04x".formatted(bits & 0xffff)
        : ".insn 4, 0x%08x".formatted(bits);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void allShortWordsAreWrittenAsObjdumpDoes(Style style) throws IOException {
    ByteBuffer words = ByteBuffer.allocate(49_152 * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int word = 0; word < 1 << 16; word++) {
      if (table.isShort(word)) {
        words.putShort((short) word);
      }
    }
    Path file = Files.write(directory.resolve("short.bin"), words.array());
    List<String> lines =
        objdump(style, "-D", "-z", "-b", "binary", "-m", "riscv:rv64", file.toString());
    Disassembler disassembler =
        new Disassembler(table, style, address -> "0x" + Long.toHexString(address));
    int compared = 0;
    for (Line line : lines.stream().flatMap(Line::parse).toList()) {
      // The manual reserves C.ADDI16SP without an immediate (27.5.2); objdump writes it as others.
      String expected = line.bits() == 0x6101 ? ".2byte\t0x6101" : line.text();
      assertEquals(
          expected,
          disassembler.disassemble(line.address(), line.bits()),
          () -> Integer.toHexString(line.bits()));
      compared++;
    }
    assertEquals(49_152, compared);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void aWholeListingIsObjdumps(Style style) throws IOException {
    Path source = CrossTools.resource(directory, "listing.c");
    Path object = directory.resolve("listing.o");
    Path program = directory.resolve("listing");
    Path output = directory.resolve("compiler-output");
    CrossTools.run(
        output,
        List.of(
            "riscv64-linux-gnu-gcc",
            "-O2",
            "-g",
            "-c",
            "-o",
            object.toString(),
            source.toString()));
    CrossTools.run(
        output,
        List.of(
            "riscv64-linux-gnu-gcc",
            "-static",
            "-o",
            program.toString(),
            object.toString(),
            "-lm"));
    for (Path file : List.of(object, program)) {
      List<String> expected = objdump(style, "-d", file.toString());
      StringBuilder listing = new StringBuilder();
      new RiscvDisassembler(style)
          .disassemble(ElfFile.parse(Files.readAllBytes(file)), file.toString(), listing);
      List<String> written = listing.toString().lines().toList();
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(
            expected.get(i), i < written.size() ? written.get(i) : "the end", file::toString);
      }
      assertEquals(expected.size(), written.size());
    }
  }

  private int compare(Style style, List<String> lines, Set<String> notOurs) {
    Disassembler disassembler = new Disassembler(table, style, Long::toHexString);
    List<Line> all = lines.stream().flatMap(Line::parse).toList();
    for (Line line : all) {
      if (notOurs.contains(line.text().split("\t")[0])) {
        assertTrue(table.find(line.bits()).isEmpty(), line::toString);
      } else if (!isZicond(line.bits())) {
        assertEquals(
            line.text(),
            disassembler.disassemble(line.address(), line.bits()),
            () -> Integer.toHexString(line.bits()));
      }
    }
    return all.size();
  }

  private boolean isZicond(int bits) {
    return table.find(bits).filter(found -> found.extension().equals("Zicond")).isPresent();
  }

  private List<String> objdump(Style style, String... arguments) {
    List<String> command = new ArrayList<>(List.of("riscv64-linux-gnu-objdump"));
    if (style == Style.PLAIN) {
      command.addAll(List.of("-M", "no-aliases"));
    }
    command.addAll(List.of(arguments));
    try {
      Path output = directory.resolve("objdump-output");
      CrossTools.run(output, command);
      return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
