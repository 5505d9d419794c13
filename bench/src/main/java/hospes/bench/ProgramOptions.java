package hospes.bench;

import hospes.bench.GuestProgram.Target;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which programs to run, and how long.
final class ProgramOptions {
  private static final double MAX_SCALE = 1000;

  @Parameters(
      paramLabel = "PROGRAM",
      arity = "0..*",
      completionCandidates = Names.class,
      description = "Which programs (default: all): ${COMPLETION-CANDIDATES}.")
  private List<String> programs = List.of();

  @Option(
      names = "--scale",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Let each program do X times its usual work, such as 0.1 or 3 (default:"
              + " ${DEFAULT-VALUE}).")
  private double scale;

  /// For the help.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return GuestProgram.names().iterator();
    }
  }

  /// The user's choice, or all.
  Set<GuestProgram> chosen(Target target) throws BenchFailure {
    if (programs.isEmpty()) {
      return GuestProgram.all(target);
    }
    Set<GuestProgram> chosen = EnumSet.noneOf(GuestProgram.class);
    for (String name : programs) {
      chosen.add(GuestProgram.named(name, target));
    }
    return chosen;
  }

  double scale() throws BenchFailure {
    if (!(scale > 0 && scale <= MAX_SCALE)) {
      throw new BenchFailure("--scale must be above 0, and at most 1000");
    }
    return scale;
  }
}
