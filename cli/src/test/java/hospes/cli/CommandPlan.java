package hospes.cli;

import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Value;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// What `hospes run` makes of its arguments, before anything is run.
final class CommandPlan {
  private CommandPlan() {}

  /// The plan that arguments behind `run` lead to.
  static Plan of(String... arguments) throws CommandFailure {
    CommandContext context =
        new CommandContext(
            InputStream.nullInputStream(), OutputStream.nullOutputStream(), Map.of());
    String[] all = Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);
    ParseResult parsed = Hospes.commandLine(context).parseArgs(all).subcommand();
    CommandLine run = parsed.commandSpec().commandLine();
    Map<OptionSpec, List<Value>> said = new LinkedHashMap<>();
    for (OptionSpec option : KindOptions.given(parsed)) {
      said.put(option, KindOptions.values(option, parsed, run));
    }
    Optional<String> guest =
        Arrays.stream(arguments).limit(1).filter(word -> !word.startsWith("-")).findFirst();
    Narrator silent = new Narrator(new PrintWriter(PrintWriter.nullWriter()));
    return new Planner(context, silent, Optional.empty(), Optional.of(run))
        .plan(guest, new Planner.Said(said))
        .plan();
  }
}
