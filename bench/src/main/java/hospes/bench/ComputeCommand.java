package hospes.bench;

import hospes.bench.Report.Contender;
import hospes.bench.Report.Workload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bench/run compute`: small programs that only calculate.
@Command(
    name = "compute",
    description =
        "Runs small bare-metal programs in Hospes and in QEMU, in turns, and takes the time from"
            + " the start of the process to its end. Both must print the same checksum.",
    sortOptions = false)
final class ComputeCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;
  private static final Pattern CHECKSUM = Pattern.compile("(?m)^([0-9a-f]{8})\r?$");
  private static final Pattern INSTRUCTIONS = Pattern.compile("(?m)^instructions: (\\d+)$");

  private final Workbench workbench;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "PROGRAM",
      arity = "0..*",
      completionCandidates = ProgramNames.class,
      description = "Which programs (default: all): ${COMPLETION-CANDIDATES}.")
  private List<String> programs = List.of();

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "Let each program do N times its usual work (default: ${DEFAULT-VALUE}).")
  private int scale;

  ComputeCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    if (scale < 1 || scale > 1000) {
      throw new BenchFailure("--scale must be 1 to 1000");
    }
    Set<GuestProgram> chosen = chosen();
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    Path compiler = workbench.tools().compiler();
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator> emulators = common.emulators(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    List<Workload> workloads = new ArrayList<>();
    for (GuestProgram program : chosen) {
      Path elf = sources(compiler, processes).compile(program, program.rounds() * scale);
      workloads.add(measure(program, elf, emulators, rounds, processes));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("scale", Integer.toString(scale));
    settings.put(
        "compiler",
        processes.output(List.of(compiler.toString(), "--version")).lines().findFirst().orElse(""));
    workbench.publish(
        "compute",
        began,
        rounds,
        settings,
        host,
        contenders,
        workloads,
        common.results(workbench.root()));
    return 0;
  }

  /// For the help.
  static final class ProgramNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(GuestProgram.values()).map(GuestProgram::toString).iterator();
    }
  }

  private Set<GuestProgram> chosen() throws BenchFailure {
    if (programs.isEmpty()) {
      return EnumSet.allOf(GuestProgram.class);
    }
    Set<GuestProgram> chosen = EnumSet.noneOf(GuestProgram.class);
    for (String name : programs) {
      chosen.add(GuestProgram.named(name));
    }
    return chosen;
  }

  private GuestCompiler sources(Path compiler, GuestProcess processes) {
    Path bench = workbench.root().resolve("bench");
    return new GuestCompiler(
        compiler, bench.resolve("src/main/guest"), bench.resolve("target/guest"), processes);
  }

  private Workload measure(
      GuestProgram program, Path elf, List<Emulator> emulators, int rounds, GuestProcess processes)
      throws BenchFailure {
    // Not timed: counts the instructions, says what is right, and brings the files into memory.
    Emulator.Hospes counter = new Emulator.Hospes("hospes", workbench.root(), "");
    String counted =
        processes.untilEnd(counter.programWithStatistics(elf), counter.environment()).output();
    String expected = find(CHECKSUM, counted, program, counter);
    long instructions = Long.parseLong(find(INSTRUCTIONS, counted, program, counter));
    Map<Emulator, List<Sample>> samples =
        Turns.take(
            rounds,
            emulators,
            emulator -> {
              GuestProcess.Completed run =
                  processes.untilEnd(emulator.program(elf), emulator.environment());
              String checksum = find(CHECKSUM, run.output(), program, emulator);
              if (!checksum.equals(expected)) {
                throw new BenchFailure(
                    "%s: %s computes %s, but %s computes %s; one of them is wrong"
                        .formatted(program, emulator.name(), checksum, counter.name(), expected));
              }
              return run.sample();
            },
            message -> workbench.say(program + ", " + message));
    return Workload.of(
        program.toString(), program.description(), OptionalLong.of(instructions), samples);
  }

  private static String find(
      Pattern pattern, String output, GuestProgram program, Emulator emulator) throws BenchFailure {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new BenchFailure(
          "%s on %s printed no line like %s, but:\n%s"
              .formatted(program, emulator.name(), pattern, output.strip()));
    }
    return matcher.group(1);
  }
}
