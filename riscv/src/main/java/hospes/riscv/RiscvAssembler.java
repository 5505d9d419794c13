package hospes.riscv;

import hospes.engine.Assembler;
import hospes.engine.Assembly;
import hospes.engine.AssemblySource;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.ElfWriter;
import hospes.formats.elf.Segment;
import hospes.formats.elf.Symbol;
import java.util.List;

/// The assembler of RISC-V, in the language of the GNU assembler.
public final class RiscvAssembler {
  /// `EF_RISCV_RVC | EF_RISCV_FLOAT_ABI_DOUBLE`: RISC-V ELF psABI, "File Header".
  private static final int ELF_FLAGS = 5;

  private static final Assembler ASSEMBLER =
      new Assembler(RiscvInstructions.table(), new RiscvPseudoInstructions());

  private RiscvAssembler() {}

  /// Assembles sources, as if they were one text, to a program that begins at `base`.
  ///
  /// @throws hospes.engine.AssemblerException where something in the text is wrong
  public static Assembly assemble(long base, List<AssemblySource> sources) {
    return ASSEMBLER.assemble(base, sources);
  }

  /// Assembles one text.
  ///
  /// @param name what errors call the text
  /// @throws hospes.engine.AssemblerException where something in the text is wrong
  public static Assembly assemble(long base, String name, String text) {
    return ASSEMBLER.assemble(base, name, text);
  }

  /// The program as an executable ELF file with a symbol table; it starts at `_start`.
  public static byte[] toElf(Assembly program) {
    return ElfWriter.executable(
        ElfFile.MACHINE_RISCV,
        ELF_FLAGS,
        program.entry(),
        program.sections().stream().map(RiscvAssembler::part).toList(),
        program.symbols().stream().map(RiscvAssembler::symbol).toList());
  }

  private static ElfWriter.Part part(Assembly.Section section) {
    int access =
        Segment.READ
            | (section.isExecutable() ? Segment.EXECUTE : 0)
            | (section.isWritable() ? Segment.WRITE : 0);
    return new ElfWriter.Part(
        section.name(), section.address(), section.bytes(), section.size(), access);
  }

  private static ElfWriter.Name symbol(Assembly.Symbol symbol) {
    int binding =
        switch (symbol.visibility()) {
          case LOCAL -> Symbol.LOCAL;
          case GLOBAL -> Symbol.GLOBAL;
        };
    ElfWriter.Belonging belonging =
        switch (symbol.meaning()) {
          case LABEL -> ElfWriter.Belonging.ADDRESS;
          case CONSTANT -> ElfWriter.Belonging.NUMBER;
        };
    return new ElfWriter.Name(symbol.name(), symbol.value(), binding, belonging);
  }
}
