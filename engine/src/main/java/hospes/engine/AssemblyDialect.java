package hospes.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What an architecture adds to its assembler beyond the instruction table.
///
/// A method that cannot make sense of what was written throws [IllegalArgumentException] with a
/// message for the author of the text; the assembler adds file and line.
public interface AssemblyDialect {
  /// Further ways to write instructions, as [Alias] has them, which the disassembler never uses:
  /// `bgt rs1, rs2, offset = blt rs2, rs1, offset`.
  List<String> aliases();

  /// The instructions that a pseudo-instruction stands for, as text; empty where the mnemonic with
  /// these operands is none. How many they are may depend on the value of constants.
  Optional<List<String>> expand(String mnemonic, List<String> operands, Place place);

  /// The value of `%name(number)`.
  long modify(String name, long number, Place place);

  /// The bytes that fill a gap of `length` bytes between instructions.
  byte[] filling(int length);

  /// Whether a directive that the assembler does not know, such as `.option norvc`, may be passed
  /// over.
  boolean passesOver(String directive, String arguments);

  /// Where in the program something is written.
  interface Place {
    /// The address of the instruction.
    long address();

    /// The value of an expression.
    long evaluate(String expression);

    /// Remembers a number under the address of this instruction, for [#noted].
    void note(long number);

    /// The number that was noted at an address; empty where there was none.
    OptionalLong noted(long address);
  }
}
