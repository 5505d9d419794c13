package hospes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hospes man`.
@Command(
    name = "man",
    description = "Prints the manual page of a command, or writes those of all.",
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hospes man run | man -l -                            to read it",
      "  hospes man --output ~/.local/share/man/man1          from then on: man hospes-run"
    })
final class ManCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command; without one, hospes itself.")
  private Optional<String> command = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Write the pages of all commands to this folder, which is made.")
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws CommandFailure {
    CommandSpec root = spec.root();
    Map<String, CommandLine> commands = root.subcommands();
    if (output.isPresent()) {
      if (command.isPresent()) {
        throw new ParameterException(
            spec.commandLine(), "--output writes the pages of all commands; name none");
      }
      write(output.get(), root);
      for (CommandLine one : commands.values()) {
        write(output.get(), one.getCommandSpec());
      }
      return ExitCode.SUCCESS;
    }
    CommandSpec wanted = root;
    if (command.isPresent()) {
      CommandLine found = commands.get(command.get());
      if (found == null) {
        throw new ParameterException(
            spec.commandLine(), "there is no command '%s'".formatted(command.get()));
      }
      wanted = found.getCommandSpec();
    }
    spec.commandLine().getOut().print(ManPage.of(wanted));
    return ExitCode.SUCCESS;
  }

  private static void write(Path folder, CommandSpec command) throws CommandFailure {
    Path file = folder.resolve(ManPage.name(command) + ".1");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, ManPage.of(command));
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
