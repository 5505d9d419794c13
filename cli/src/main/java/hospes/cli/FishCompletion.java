package hospes.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A script that lets the shell fish complete commands, their options, and what those take.
final class FishCompletion {
  private final String program;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String program) {
    this.program = program;
  }

  /// The script, for the commands of `root`.
  static String of(CommandSpec root) {
    FishCompletion completion = new FishCompletion(root.name());
    completion.options("__fish_use_subcommand", root);
    for (CommandLine command : root.subcommands().values()) {
      completion.command(command.getCommandSpec());
    }
    return completion.script.toString();
  }

  private void command(CommandSpec command) {
    line(
        "-n",
        "__fish_use_subcommand",
        "-f",
        "-a",
        quoted(command.name()),
        "-d",
        quoted(ManPage.summary(command.usageMessage())));
    String within = "__fish_seen_subcommand_from " + command.name();
    if (command.positionalParameters().stream().noneMatch(FishCompletion::mayBeFile)) {
      line("-n", quoted(within), "-f");
    }
    for (ArgSpec parameter : command.positionalParameters()) {
      List<String> candidates = candidates(parameter);
      if (!candidates.isEmpty()) {
        line("-n", quoted(within), "-f", "-a", quoted(String.join(" ", candidates)));
      }
    }
    options(within, command);
  }

  private void options(String condition, CommandSpec command) {
    for (OptionSpec option : ManPage.shown(command)) {
      List<String> words = new ArrayList<>(List.of("-n", quoted(condition)));
      for (String name : option.names()) {
        words.add(name.startsWith("--") ? "-l" : "-s");
        words.add(name.replaceFirst("^--?", ""));
      }
      if (option.arity().max() > 0) {
        List<String> candidates = candidates(option);
        if (!candidates.isEmpty()) {
          words.addAll(List.of("-x", "-a", quoted(String.join(" ", candidates))));
        } else {
          words.add(mayBeFile(option) ? "-r" : "-x");
        }
      }
      words.add("-d");
      words.add(quoted(ManPage.plain(String.join(" ", option.description()))));
      line(words.toArray(String[]::new));
    }
  }

  /// Texts, because an option such as `--bios` may take a word beside a file.
  private static boolean mayBeFile(ArgSpec argument) {
    return argument.typeInfo().getType() == Path.class
        || argument.auxiliaryTypes()[0] == Path.class
        || argument.paramLabel().contains("FILE")
        || argument.paramLabel().contains("FOLDER")
        || argument.paramLabel().equals("GUEST");
  }

  private static List<String> candidates(ArgSpec argument) {
    List<String> candidates = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(candidates::add);
    }
    return candidates.stream().map(String::toLowerCase).toList();
  }

  private void line(String... words) {
    script
        .append("complete -c ")
        .append(program)
        .append(' ')
        .append(String.join(" ", words))
        .append('\n');
  }

  /// A word for fish: within single quotes, only these two are special.
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
