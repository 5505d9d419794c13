package hospes.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// A command's manual page, in the macros of man(7), which every `man` knows; from the same words
/// as `--help`.
final class ManPage {
  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /// The page's name: the command's, its words joined.
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /// The page.
  static String of(CommandSpec command) {
    return new ManPage(command).write();
  }

  private String write() {
    UsageMessageSpec usage = command.usageMessage();
    macro(
        "TH",
        name(command).toUpperCase(Locale.ROOT),
        "1",
        "",
        "hospes " + Version.number(),
        "Hospes");
    macro("SH", "NAME");
    line(name(command) + " \\- " + escaped(summary(usage)));
    macro("SH", "SYNOPSIS");
    synopsis();
    macro("SH", "DESCRIPTION");
    for (int i = 0; i < usage.description().length; i++) {
      if (i > 0) {
        macro("PP");
      }
      line(escaped(formatted(usage.description()[i])));
    }
    parameters();
    options();
    subcommands();
    footer(usage);
    seeAlso();
    return page.toString();
  }

  /// The first sentence, as `apropos` shows it.
  static String summary(UsageMessageSpec usage) {
    String all = usage.description().length == 0 ? "" : formatted(usage.description()[0]);
    int end = all.indexOf(": ");
    int sentence = all.indexOf(". ");
    int first = end < 0 || (sentence >= 0 && sentence < end) ? sentence : end;
    String found = first < 0 ? all : all.substring(0, first);
    return found.endsWith(".") ? found.substring(0, found.length() - 1) : found;
  }

  private void synopsis() {
    StringBuilder text = new StringBuilder(bold(command.qualifiedName()));
    if (!shown(command).isEmpty()) {
      text.append(" [").append(italic("OPTION")).append("]...");
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      String label = italic(plain(parameter.paramLabel()));
      String several = parameter.arity().max() > 1 ? "..." : "";
      text.append(' ')
          .append(parameter.arity().min() == 0 ? "[" + label + "]" : label)
          .append(several);
    }
    if (!command.subcommands().isEmpty()) {
      text.append(' ').append(italic("COMMAND"));
    }
    line(text.toString());
  }

  private void parameters() {
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      item(italic(plain(parameter.paramLabel())), parameter.description());
    }
  }

  private void options() {
    List<OptionSpec> options = shown(command);
    if (options.isEmpty()) {
      return;
    }
    macro("SH", "OPTIONS");
    for (OptionSpec option : options) {
      StringBuilder names = new StringBuilder();
      for (String name : option.names()) {
        names.append(names.isEmpty() ? "" : ", ").append(bold(name));
      }
      if (option.arity().max() > 0) {
        names.append(' ').append(italic(plain(option.paramLabel())));
      }
      item(names.toString(), option.description());
    }
  }

  private void subcommands() {
    if (command.subcommands().isEmpty()) {
      return;
    }
    macro("SH", "COMMANDS");
    command
        .subcommands()
        .forEach(
            (name, sub) ->
                item(bold(name), new String[] {summary(sub.getCommandSpec().usageMessage())}));
  }

  private void footer(UsageMessageSpec usage) {
    if (usage.footer().length == 0) {
      return;
    }
    macro("SH", "EXAMPLES");
    macro("nf");
    for (String text : usage.footer()) {
      String plain = formatted(text);
      line(plain.isEmpty() ? "\\&" : escaped(plain));
    }
    macro("fi");
  }

  private void seeAlso() {
    String root = command.root().name();
    macro("SH", "SEE ALSO");
    if (command.root() == command) {
      line("Each command has a page: " + bold(root + "-run") + "(1) and so on.");
    } else {
      line(bold(root) + "(1)");
    }
  }

  /// The options that help shows.
  static List<OptionSpec> shown(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden()).toList();
  }

  /// A text without picocli's markup, in one line.
  static String plain(String text) {
    return Ansi.OFF.string(text).replaceAll("\\R\\s*", " ");
  }

  /// The same of a command's description or footer, which are format strings.
  private static String formatted(String text) {
    return plain(String.format(Locale.ROOT, text));
  }

  private void item(String tag, String[] description) {
    macro("TP");
    line(tag);
    line(escaped(plain(String.join(" ", description))));
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /// What stands for itself in troff: a minus is no hyphen, and no text is a request.
  static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    return plain.startsWith(".") ? "\\&" + plain : plain;
  }
}
