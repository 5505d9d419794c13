package hospes.riscv;

import hospes.engine.Disassembler;
import hospes.engine.InstructionTable;
import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Section;
import hospes.formats.elf.Symbol;
import java.io.IOException;
import java.util.OptionalLong;

/// Lists the code of a RISC-V ELF file as `objdump -d` does: sections, symbols, and for each
/// instruction its address, its bytes, its text, and the addresses in it as symbols.
public final class RiscvDisassembler {
  private final Disassembler.Style style;
  private final InstructionTable table = RiscvInstructions.table();

  /// A disassembler that writes instructions in a style: `objdump -d` is
  /// [Disassembler.Style#ALIASES], `objdump -d -M no-aliases` is [Disassembler.Style#PLAIN].
  public RiscvDisassembler(Disassembler.Style style) {
    this.style = style;
  }

  /// Lists all executable sections.
  ///
  /// @param name what the heading calls the file
  /// @throws FormatException if the file is not for 64-bit RISC-V
  /// @throws IOException if `out` cannot take the listing
  public void disassemble(ElfFile file, String name, Appendable out) throws IOException {
    if (file.machine() != ElfFile.MACHINE_RISCV) {
      throw new FormatException(
          "this ELF file is not for RISC-V but for machine %d; only RISC-V can be disassembled"
              .formatted(file.machine()));
    }
    if (file.width() != ElfFile.Width.ELF64) {
      throw new FormatException(
          "this ELF file is for 32-bit RISC-V; only RV64 can be disassembled");
    }
    out.append("\n%s:     file format elf64-littleriscv\n\n".formatted(name));
    SymbolMap symbols = new SymbolMap(file);
    OptionalLong globalPointer =
        file.symbol("__global_pointer$").stream().mapToLong(Symbol::value).findFirst();
    for (int index = 0; index < file.sections().size(); index++) {
      Section section = file.sections().get(index);
      if (section.isExecutable() && section.type() == Section.PROGBITS && section.size() > 0) {
        out.append("\nDisassembly of section %s:\n".formatted(section.name()));
        new SectionListing(table, style, symbols, globalPointer, section, index, out).write();
      }
    }
  }
}
