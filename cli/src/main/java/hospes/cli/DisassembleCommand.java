package hospes.cli;

import hospes.engine.Disassembler.Style;
import hospes.formats.elf.ElfFile;
import hospes.riscv.RiscvDisassembler;
import hospes.zmachine.StoryDisassembler;
import java.io.PrintWriter;
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
    description = {
      "Prints the instructions of an ELF file for RISC-V, as objdump -d does, or those of a story for"
          + " the Z-machine that can be reached through its calls."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes disassemble program.elf | less", "  hospes disassemble story.z5 | less"})
final class DisassembleCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "An ELF file for RISC-V, or a story.")
  private Path file = Path.of("");

  @Option(
      names = "--no-aliases",
      description = "Print each instruction's own name, as objdump -M no-aliases does.")
  private boolean noAliases;

  @Override
  public Integer call() throws Exception {
    byte[] content = InputFile.read(file, "file");
    PrintWriter out = spec.commandLine().getOut();
    if (FileKind.of(content) instanceof FileKind.ZCode code) {
      new StoryDisassembler(code.story()).disassemble(file.toString(), out);
    } else {
      new RiscvDisassembler(noAliases ? Style.PLAIN : Style.ALIASES)
          .disassemble(ElfFile.parse(content), file.toString(), out);
    }
    return ExitCode.SUCCESS;
  }
}
