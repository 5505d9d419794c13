package hospes.bench;

import hospes.bench.GuestProgram.Target;
import hospes.bench.Report.Contender;
import hospes.bench.Report.Workload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bench/run bare`: programs that only calculate, without an operating system.
@Command(
    name = "bare",
    description =
        "Runs the programs of compute, but for the shell script, on the bare board (machine mode, no"
            + " kernel), and takes the time from the start of the process to its end: what the"
            + " engine does without virtual memory. Both must print the same checksum.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  bench/run bare sort json --scale 5 --rounds 7")
final class BareCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;
  private static final Pattern CHECKSUM = Pattern.compile("(?m)^([0-9a-f]{8})\r?$");
  private static final Pattern INSTRUCTIONS = Pattern.compile("(?m)^instructions: (\\d+)$");

  private final Workbench workbench;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private ProgramOptions options = new ProgramOptions();

  BareCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Integer call() throws BenchFailure {
    double scale = options.scale();
    Set<GuestProgram> chosen = options.chosen(Target.BARE);
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    GuestCompiler compiler = GuestCompiler.of(workbench, processes);
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator.OfBoards> emulators = common.boards(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    List<Workload> workloads = new ArrayList<>();
    for (GuestProgram program : chosen) {
      Path elf = compiler.bare(program, program.rounds(Target.BARE, scale));
      workloads.add(measure(program, elf, emulators, rounds, processes));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("scale", Double.toString(scale));
    settings.put("compiler", compiler.version());
    workbench.publish(
        Report.of("bare", began, rounds, settings, host, contenders, workloads), common);
    return 0;
  }

  private Workload measure(
      GuestProgram program,
      Path elf,
      List<Emulator.OfBoards> emulators,
      int rounds,
      GuestProcess processes)
      throws BenchFailure {
    // Not timed: counts the instructions, says what is right, and brings the files into memory.
    Emulator.Hospes counter = new Emulator.Hospes("hospes", workbench.root(), "");
    String counted =
        processes.untilEnd(counter.programWithStatistics(elf), counter.environment()).output();
    String expected = find(CHECKSUM, counted, program, counter);
    long instructions = Long.parseLong(find(INSTRUCTIONS, counted, program, counter));
    Map<Emulator.OfBoards, List<Sample>> samples =
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
