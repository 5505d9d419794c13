package hospes.cli;

import hospes.guests.MachineKind.DisassemblyStyle;
import hospes.guests.Start;
import hospes.host.guest.FileContent;
import hospes.host.guest.Kinds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
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
      "Prints the instructions of a program: those of an ELF file as objdump -d does, those of a"
          + " story as far as its calls lead."
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {"  hospes disassemble program.elf | less", "  hospes disassemble story.z5 | less"})
final class DisassembleCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A program that Hospes can run.")
  private Path file = Path.of("");

  @Option(
      names = "--no-aliases",
      description = "Print each instruction's own name, as objdump -M no-aliases does.")
  private boolean noAliases;

  @Override
  public Integer call() throws Exception {
    Start start = new Start(file.toString(), FileContent.of(file, "file"));
    Optional<Kinds.Claimed> claimed = Kinds.recognise(start);
    if (claimed.isEmpty()) {
      throw new CommandFailure("%s %s".formatted(file, ForeignFiles.judge(start.content())));
    }
    PrintWriter out = spec.commandLine().getOut();
    claimed
        .get()
        .kind()
        .disassemble(start, noAliases ? DisassemblyStyle.PLAIN : DisassemblyStyle.ALIASES, out);
    return ExitCode.SUCCESS;
  }
}
