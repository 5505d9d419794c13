package hospes.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public Integer call() throws Exception {
    new Listing(spec.commandLine().getOut()).print(file, InputFile.read(file, "file"));
    return ExitCode.SUCCESS;
  }
}
