package hospes.cli;

import hospes.engine.Disassembler;
import hospes.engine.InstructionTable;
import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Section;
import hospes.riscv.RiscvInstructions;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Prints an ELF file's instructions, laid out as GNU `objdump -d` does.
final class Listing {
  /// objdump writes `...` for so many zeros, and for a pair at the end of what a name covers.
  private static final int SKIPPED_ZEROS = 8;

  private static final int SKIPPED_ZEROS_AT_END = 2;

  private static final int LONG_WIDTH = 18;
  private static final int SHORT_WIDTH = 20;

  private final PrintWriter out;
  private final InstructionTable table = RiscvInstructions.table();

  Listing(PrintWriter out) {
    this.out = out;
  }

  /// Prints all code of a file.
  ///
  /// @throws CommandFailure where it holds no code for this architecture
  /// @throws FormatException where it is no ELF file, or damaged
  void print(Path file, byte[] content) throws CommandFailure, FormatException {
    ElfFile elf = ElfFile.parse(content);
    if (elf.machine() != ElfFile.MACHINE_RISCV || elf.width() != ElfFile.Width.ELF64) {
      throw new CommandFailure(
          "%s is for another computer (ELF machine %d, %s); this one is a riscv64"
              .formatted(file, elf.machine(), elf.width()));
    }
    out.println();
    out.println("%s:     file format elf64-littleriscv".formatted(file));
    out.println();
    boolean found = false;
    for (int i = 0; i < elf.sections().size(); i++) {
      Section section = elf.sections().get(i);
      if (section.isAllocated() && section.isExecutable() && section.data().hasRemaining()) {
        found = true;
        print(section, Labels.of(elf, i));
      }
    }
    if (!found) {
      throw new CommandFailure("%s has no section with code".formatted(file));
    }
  }

  private void print(Section section, Labels labels) {
    out.println();
    out.println("Disassembly of section %s:".formatted(section.name()));
    ByteBuffer code = section.data();
    int width = addressWidth(section.address() + code.limit());
    Disassembler disassembler = new Disassembler(table, Disassembler.Style.ALIASES, labels::target);
    if (!labels.isLabel(section.address())) {
      out.println();
      out.println("%016x <%s>:".formatted(section.address(), section.name()));
    }
    for (int at = 0; at < code.limit(); ) {
      long address = section.address() + at;
      labels
          .at(address)
          .ifPresent(
              name -> {
                out.println();
                out.println("%016x <%s>:".formatted(address, name));
              });
      int end = (int) Math.min(code.limit(), labels.next(address) - section.address());
      int zeros = zeros(code, at, end);
      boolean isPadding = at + zeros == end && zeros > 0 && zeros <= SKIPPED_ZEROS_AT_END;
      if (zeros >= SKIPPED_ZEROS || isPadding) {
        out.println("\t...");
        at += zeros;
      } else if (labels.isData(address)) {
        at += data(code, at, end, "%" + width + "x:\t", address);
      } else {
        at += instruction(disassembler, code, at, "%" + width + "x:\t", address);
      }
    }
  }

  /// objdump leaves out leading zeros in groups of four, after the longest address of a section.
  private static int addressWidth(long end) {
    String digits = "%016x".formatted(end);
    int skipped = 0;
    while (digits.startsWith("00000", skipped)) {
      skipped += 4;
    }
    return digits.length() - skipped;
  }

  /// Zeros from `at`, as a multiple of four unless they reach `end`.
  private static int zeros(ByteBuffer code, int at, int end) {
    int stop = at;
    while (stop < end && code.get(stop) == 0) {
      stop++;
    }
    return stop == end ? stop - at : (stop - at) & -4;
  }

  private int instruction(
      Disassembler disassembler, ByteBuffer code, int at, String prefix, long address) {
    int left = code.limit() - at;
    if (left < 2) {
      return data(code, at, code.limit(), prefix, address);
    }
    int first = Short.toUnsignedInt(code.getShort(at));
    if (table.isShort(first)) {
      line(prefix, address, "%04x".formatted(first), SHORT_WIDTH, disassembler, first);
      return 2;
    }
    if (left < 4) {
      return data(code, at, code.limit(), prefix, address);
    }
    int bits = code.getInt(at);
    line(prefix, address, "%08x".formatted(bits), LONG_WIDTH, disassembler, bits);
    return 4;
  }

  private void line(
      String prefix,
      long address,
      String hexadecimal,
      int width,
      Disassembler disassembler,
      int bits) {
    out.println(
        prefix.formatted(address)
            + ("%-" + width + "s\t").formatted(hexadecimal)
            + disassembler.disassemble(address, bits));
  }

  private int data(ByteBuffer code, int at, int end, String prefix, long address) {
    int left = end - at;
    if (left >= 4) {
      String word = "%08x".formatted(code.getInt(at));
      out.println(
          prefix.formatted(address) + ("%-" + LONG_WIDTH + "s\t.word\t0x").formatted(word) + word);
      return 4;
    }
    if (left >= 2) {
      String half = "%04x".formatted(Short.toUnsignedInt(code.getShort(at)));
      out.println(
          prefix.formatted(address)
              + ("%-" + SHORT_WIDTH + "s\t.short\t0x").formatted(half)
              + half);
      return 2;
    }
    String single = "%02x".formatted(Byte.toUnsignedInt(code.get(at)));
    out.println(
        prefix.formatted(address)
            + ("%-" + SHORT_WIDTH + "s\t.byte\t0x").formatted(single)
            + single);
    return 1;
  }
}
