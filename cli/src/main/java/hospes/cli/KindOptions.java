package hospes.cli;

import hospes.guests.ByteSize;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.Value;
import hospes.host.HostException;
import hospes.host.guest.FileContent;
import hospes.host.guest.Kinds;
import hospes.storage.DriveWords;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The options of all kinds of machines, as options of a command.
final class KindOptions {
  private KindOptions() {}

  /// Adds them to a command. One that several kinds have stands under the first of them.
  static void addTo(CommandSpec command) {
    Map<String, OptionSpec> known = new LinkedHashMap<>();
    for (MachineKind kind : Kinds.all()) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .exclusive(false)
              .multiplicity("0..1")
              .heading("%nFor " + kind.title() + ":%n");
      boolean any = false;
      for (OptionSpec option : kind.options()) {
        if (isOffered(option) && known.putIfAbsent(option.name(), option) == null) {
          group.addArg(picocli(option));
          any = true;
        }
      }
      if (any) {
        command.addArgGroup(group.build());
      }
    }
  }

  /// Whether a user says it by an option; what the file to run is said by is no option.
  private static boolean isOffered(OptionSpec option) {
    return !option.label().isEmpty() || option.type() instanceof OptionSpec.Type.Flag;
  }

  private static CommandLine.Model.OptionSpec picocli(OptionSpec option) {
    boolean isFlag = option.type() instanceof OptionSpec.Type.Flag;
    String label =
        option.words().isEmpty()
            ? option.label()
            : option.label() + "|" + String.join("|", option.words());
    CommandLine.Model.OptionSpec.Builder built =
        CommandLine.Model.OptionSpec.builder("--" + option.name())
            .description(description(option))
            .paramLabel(label);
    if (isFlag) {
      return built.arity("0").type(boolean.class).build();
    }
    return option.type() instanceof OptionSpec.Type.Disk
        ? built.arity("1").type(List.class).auxiliaryTypes(String.class).build()
        : built.arity("1").type(String.class).build();
  }

  private static String description(OptionSpec option) {
    String text = option.description().replace("%", "%%");
    String sentence = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return option.fallback().map(usual -> sentence + " (default: " + usual + ").").orElse(text);
  }

  /// Which of them the user gave, in the order of the kinds' lists.
  static List<OptionSpec> given(ParseResult parsed) {
    Map<String, OptionSpec> given = new LinkedHashMap<>();
    for (MachineKind kind : Kinds.all()) {
      for (OptionSpec option : kind.options()) {
        if (isOffered(option) && parsed.hasMatchedOption("--" + option.name())) {
          given.putIfAbsent(option.name(), option);
        }
      }
    }
    return List.copyOf(given.values());
  }

  /// What the user said by an option.
  ///
  /// @throws ParameterException where that is none of its values
  /// @throws HostException where a file cannot be read
  static List<Value> values(OptionSpec option, ParseResult parsed, CommandLine command) {
    CommandLine.Model.OptionSpec found = parsed.matchedOption("--" + option.name());
    List<Value> values = new ArrayList<>();
    if (option.type() instanceof OptionSpec.Type.Flag) {
      return List.of(new Value.Flag());
    }
    for (String text : found.originalStringValues()) {
      values.add(value(option, text, command));
    }
    return values;
  }

  private static Value value(OptionSpec option, String text, CommandLine command) {
    try {
      return option.words().contains(text) ? new Value.Text(text) : value(option, text);
    } catch (InvalidPathException e) {
      throw wrong(option, text, "no file can be named so", command);
    } catch (IllegalArgumentException e) {
      throw wrong(option, text, String.valueOf(e.getMessage()), command);
    }
  }

  private static ParameterException wrong(
      OptionSpec option, String text, String why, CommandLine command) {
    return new ParameterException(
        command, "--%s %s: %s".formatted(option.name(), Printable.text(text), why));
  }

  private static Value value(OptionSpec option, String text) {
    return switch (option.type()) {
      case OptionSpec.Type.Flag() -> new Value.Flag();
      case OptionSpec.Type.Text() -> new Value.Text(text);
      case OptionSpec.Type.Number(long least, long most) ->
          new Value.Number(number(text, least, most));
      case OptionSpec.Type.Size() -> new Value.Number(ByteSize.parse(text));
      case OptionSpec.Type.File() -> file(option, text);
      case OptionSpec.Type.Disk() -> disk(text);
      case OptionSpec.Type.Folder(), OptionSpec.Type.Output(), OptionSpec.Type.Product() ->
          new Value.Place(Path.of(text).toAbsolutePath().toString());
    };
  }

  private static Value file(OptionSpec option, String text) {
    Path file = Path.of(text);
    return new Value.File(
        String.valueOf(file.getFileName()),
        FileContent.of(file, option.name().toLowerCase(Locale.ROOT)));
  }

  private static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // told below
    }
    throw new IllegalArgumentException("it takes a whole number, %d to %d".formatted(least, most));
  }

  /// `FILE`, and perhaps words behind commas. A comma in a file's name is none between words.
  private static Value disk(String text) {
    List<String> words = new ArrayList<>();
    String rest = text;
    int comma = rest.lastIndexOf(',');
    while (comma >= 0 && DriveWords.isWord(rest.substring(comma + 1))) {
      words.addFirst(rest.substring(comma + 1));
      rest = rest.substring(0, comma);
      comma = rest.lastIndexOf(',');
    }
    if (words.isEmpty() && comma >= 0) {
      throw new IllegalArgumentException(
          "'%s' after the comma means nothing; the words are readonly, snapshot, format=raw and format=qcow2"
              .formatted(rest.substring(comma + 1)));
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("it names no file");
    }
    Path file = Path.of(rest);
    DriveWords.check(file, words);
    return new Value.Disk(file.toAbsolutePath().toString(), words);
  }
}
