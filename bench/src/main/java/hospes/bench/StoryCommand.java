package hospes.bench;

import hospes.bench.GuestConsole.Seen;
import hospes.bench.Report.Contender;
import hospes.bench.Report.Runs;
import hospes.bench.Report.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/run zmachine`: a story that calculates, on Hospes and on dfrotz.
@Command(
    name = "zmachine",
    description =
        "Plays a story that calculates on Hospes and on dfrotz, in turns: each of its programs is"
            + " run several times in a row by typing its name, and the time taken until the story"
            + " asks for the next. First runs (cold) and later ones (warm) are reported apart, and"
            + " so is the time from the start of the process to the first prompt. Both must print"
            + " the same checksums.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  bench/run zmachine --rounds 5 --runs 10")
final class StoryCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;
  private static final int MIN_RUNS = 2;
  private static final int MAX_RUNS = 100;
  private static final String PROMPT = "ready";
  private static final Pattern END = Pattern.compile("end (-?\\d+)");

  /// What the story can be told to do.
  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("sieve", "primes below 8000, by bytes in memory");
    PROGRAMS.put("order", "insertion sort of 900 words");
    PROGRAMS.put("tree", "walks through a tree of objects, and moves some");
    PROGRAMS.put("calls", "Fibonacci numbers by recursion");
    PROGRAMS.put("words", "text printed into memory");
  }

  private final Workbench workbench;
  private final Map<String, String> checksums = new LinkedHashMap<>();

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Runs of each program in one process, the cold one included (default: ${DEFAULT-VALUE}).")
  private int runs;

  StoryCommand(Workbench workbench) {
    this.workbench = workbench;
  }

  /// What a process brought.
  private record Played(Sample prompt, Map<String, Runs> programs) {
    /// For progress.
    @Override
    public String toString() {
      return "prompt after %s".formatted(prompt);
    }
  }

  @Override
  public Integer call() throws BenchFailure {
    if (runs < MIN_RUNS || runs > MAX_RUNS) {
      throw new BenchFailure("--runs must be %d to %d".formatted(MIN_RUNS, MAX_RUNS));
    }
    int rounds = common.rounds(ROUNDS);
    GuestProcess processes = common.processes();
    Path story = compile(processes);
    Instant began = Instant.now();
    HostFacts host = HostFacts.now();
    List<Emulator.OfStories> emulators = common.stories(workbench.root(), workbench.tools());
    List<Contender> contenders = workbench.contenders(emulators, processes);
    Map<Emulator.OfStories, List<Played>> played =
        Turns.take(rounds, emulators, emulator -> play(emulator, story, processes), workbench::say);
    List<Workload> workloads = new ArrayList<>();
    PROGRAMS.forEach((name, description) -> workloads.add(workload(name, description, played)));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("runs in a process", Integer.toString(runs));
    settings.putAll(starts(played));
    workbench.publish(
        Report.of("zmachine", began, rounds, settings, host, contenders, workloads), common);
    return 0;
  }

  private Path compile(GuestProcess processes) throws BenchFailure {
    Path story = workbench.root().resolve("bench/target/guest/story.z5");
    try {
      Files.createDirectories(story.getParent());
    } catch (IOException e) {
      throw new BenchFailure("cannot write %s: %s".formatted(story, e.getMessage()), e);
    }
    processes.output(
        List.of(
            workbench.tools().inform().toString(),
            "-v5",
            workbench.root().resolve("bench/src/main/guest/story.inf").toString(),
            story.toString()));
    return story;
  }

  private Played play(Emulator.OfStories emulator, Path story, GuestProcess processes)
      throws BenchFailure {
    try (GuestConsole console = processes.open(emulator.story(story), emulator.environment())) {
      Sample prompt = console.await(PROMPT).moment().since(console.start());
      Map<String, Runs> results = new LinkedHashMap<>();
      for (String program : PROGRAMS.keySet()) {
        List<Sample> samples = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          samples.add(run(console, program, emulator));
        }
        results.put(program, new Runs(samples.getFirst(), samples.subList(1, runs)));
      }
      console.type("quit");
      return new Played(prompt, results);
    }
  }

  private Sample run(GuestConsole console, String program, Emulator emulator) throws BenchFailure {
    GuestConsole.Moment begin = console.now();
    console.type(program);
    Seen end = console.await(END);
    String checksum = end.match().group(1);
    String first = checksums.computeIfAbsent(program, _ -> checksum);
    if (!first.equals(checksum)) {
      throw new BenchFailure(
          "%s: %s computes %s, but %s was computed before; one of them is wrong"
              .formatted(program, emulator.name(), checksum, first));
    }
    return end.moment().since(begin);
  }

  private static Workload workload(
      String program, String description, Map<Emulator.OfStories, List<Played>> played) {
    Map<Emulator, List<Runs>> each = new LinkedHashMap<>();
    played.forEach(
        (emulator, all) ->
            each.put(emulator, all.stream().map(one -> one.programs().get(program)).toList()));
    return Workload.ofRuns(program, description, each);
  }

  /// From the start of the process to the first prompt, by emulator. That is no work done twice, so
  /// it stands apart from the others.
  private static Map<String, String> starts(Map<Emulator.OfStories, List<Played>> played) {
    Map<String, String> starts = new LinkedHashMap<>();
    played.forEach(
        (emulator, all) ->
            starts.put(
                "first prompt of " + emulator.name(),
                Summary.of(all.stream().map(Played::prompt).toList(), Sample::wall).text()));
    return starts;
  }
}
