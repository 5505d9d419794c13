package hospes.cli;

import hospes.engine.Disassembler.Style;
import hospes.formats.elf.ElfFile;
import hospes.riscv.RiscvDisassembler;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes disassemble`.
@Command(
    name = "disassemble",
    description = "Prints the instructions of an ELF file for RISC-V, as objdump -d does.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = "  hospes disassemble program.elf | less")
final class DisassembleCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "An ELF file for RISC-V.")
  private Path file = Path.of("");

  @Option(
      names = "--no-aliases",
      description = "Print each instruction's own name, as objdump -M no-aliases does.")
  private boolean noAliases;

  @Override
  public Integer call() throws Exception {
    ElfFile elf = ElfFile.parse(InputFile.read(file, "file"));
    new RiscvDisassembler(noAliases ? Style.PLAIN : Style.ALIASES)
        .disassemble(elf, file.toString(), spec.commandLine().getOut());
    return ExitCode.SUCCESS;
  }
}
