package hospes.engine;

import hospes.engine.AssemblyPass.Rigour;
import java.util.ArrayList;
import java.util.List;

/// Turns assembly text into bytes, by an architecture's instruction table.
///
/// What it knows beyond the table's instructions and aliases: labels and numeric local labels
/// (`1:`, `1b`, `1f`), expressions, the common directives of the GNU assembler, and what the
/// architecture's [AssemblyDialect] adds. There is no linker: all sources together are one program,
/// its sections stand one behind the other from a given address, `.bss` last. Nothing is compressed
/// or relaxed behind the author's back: an instruction is encoded as it is written. Numbers are
/// little-endian.
///
/// The text is gone through until no symbol moves any more, so sizes and constants may depend on
/// what comes later.
public final class Assembler {
  private static final int MAX_PASSES = 20;

  private final InstructionForms forms;
  private final AssemblyDialect dialect;

  /// An assembler of the instructions in `table`.
  public Assembler(InstructionTable table, AssemblyDialect dialect) {
    this.forms = new InstructionForms(table, dialect);
    this.dialect = dialect;
  }

  /// Assembles sources, as if they were one text, to a program that begins at `base`.
  ///
  /// @throws AssemblerException where something in the text is wrong
  public Assembly assemble(long base, List<AssemblySource> sources) {
    List<Statement> statements = new ArrayList<>();
    sources.forEach(source -> statements.addAll(StatementReader.read(source)));
    AssemblyPass pass = AssemblyPass.first(forms, dialect, base);
    pass.run(statements);
    for (int i = 0; i < MAX_PASSES && !pass.isSettled(); i++) {
      pass = pass.next(Rigour.DRAFT);
      pass.run(statements);
    }
    AssemblyPass last = pass.next(Rigour.FINAL);
    last.run(statements);
    if (!last.isSettled()) {
      throw statements
          .getLast()
          .problem("the sizes in this program depend on each other and never settle");
    }
    return last.finish();
  }

  /// Assembles one text.
  ///
  /// @throws AssemblerException where something in the text is wrong
  public Assembly assemble(long base, String name, String text) {
    return assemble(base, List.of(new AssemblySource(name, text)));
  }
}
