package hospes.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The result of a benchmark, as it is written to a file. Times are in seconds; a ratio is a median
/// divided by the baseline's median, so above 1 is slower than the baseline.
///
/// @param benchmark such as `boot` or `compute`
/// @param date when it began, ISO 8601
/// @param baseline the emulator that ratios refer to: the first
/// @param summary geometric means over all workloads, by emulator
record Report(
    String benchmark,
    String date,
    int rounds,
    String baseline,
    Map<String, String> settings,
    HostFacts host,
    List<Contender> emulators,
    List<Workload> workloads,
    List<Total> summary) {

  /// A report of what was measured just now.
  static Report of(
      String benchmark,
      Instant began,
      int rounds,
      Map<String, String> settings,
      HostFacts before,
      List<Contender> contenders,
      List<Workload> workloads) {
    return new Report(
        benchmark,
        began.truncatedTo(ChronoUnit.SECONDS).toString(),
        rounds,
        contenders.getFirst().name(),
        settings,
        before.afterwards(),
        contenders,
        workloads,
        Total.of(workloads));
  }

  /// Whether first runs were timed apart from later ones.
  boolean hasCold() {
    return workloads.stream()
        .flatMap(workload -> workload.results().stream())
        .anyMatch(result -> result.cold() != null);
  }

  /// What was measured.
  record Contender(String name, String version, String command, Map<String, String> environment) {}

  /// One thing to do, and how the emulators did it.
  ///
  /// @param instructions that the guest executes; absent where not counted
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Workload(
      String name, String description, @Nullable Long instructions, List<Result> results) {

    /// Works out the figures of one workload; the first emulator is the baseline.
    static Workload of(
        String name,
        String description,
        OptionalLong instructions,
        Map<? extends Emulator, List<Sample>> samples) {
      List<Result> results = new ArrayList<>();
      Timing baseline = null;
      for (Map.Entry<? extends Emulator, List<Sample>> entry : samples.entrySet()) {
        Timing time = Timing.of(entry.getValue(), baseline);
        baseline = baseline == null ? time : baseline;
        Double mips = null;
        if (instructions.isPresent()) {
          mips = instructions.getAsLong() / time.wall().median() / 1e6;
        }
        results.add(new Result(entry.getKey().name(), time, null, mips));
      }
      return new Workload(
          name,
          description,
          instructions.isPresent() ? instructions.getAsLong() : null,
          List.copyOf(results));
    }

    /// Works out the figures of a workload that was repeated in each of several boots.
    ///
    /// @param boots of each emulator, what they brought
    static Workload ofRuns(
        String name, String description, Map<? extends Emulator, List<Runs>> boots) {
      List<Result> results = new ArrayList<>();
      for (Map.Entry<? extends Emulator, List<Runs>> entry : boots.entrySet()) {
        List<Sample> cold = entry.getValue().stream().map(Runs::cold).toList();
        List<Sample> warm =
            entry.getValue().stream().flatMap(runs -> runs.warm().stream()).toList();
        Result first = results.isEmpty() ? null : results.getFirst();
        results.add(
            new Result(
                entry.getKey().name(),
                Timing.of(warm, first == null ? null : first.time()),
                Timing.of(cold, first == null ? null : first.cold()),
                null));
      }
      return new Workload(name, description, null, List.copyOf(results));
    }
  }

  /// What one boot says about a program.
  ///
  /// @param cold its first run, in which the emulator meets its code
  /// @param warm the later ones
  record Runs(Sample cold, List<Sample> warm) {}

  /// How long something took.
  ///
  /// @param wall until it was done
  /// @param cpu of all threads, in user and system mode
  record Timing(Summary wall, Summary cpu, double wallRatio, double cpuRatio) {
    /// Half of the unit in which the system counts processor time: what a run too short to be
    /// counted may have taken.
    private static final double LEAST_CPU = 0.005;

    /// @param baseline to compare with; null if this is the baseline
    static Timing of(List<Sample> samples, @Nullable Timing baseline) {
      Summary wall = Summary.of(samples, Sample::wall);
      Summary cpu = Summary.of(samples, sample -> Math.max(sample.cpu(), LEAST_CPU));
      return new Timing(
          wall,
          cpu,
          baseline == null ? 1 : wall.median() / baseline.wall().median(),
          baseline == null ? 1 : cpu.median() / baseline.cpu().median());
    }
  }

  /// How one emulator did one workload.
  ///
  /// @param time of the run; where first runs are timed apart, of the later ones
  /// @param cold the first run after a boot
  /// @param mips guest instructions in millions per second of wall time, start-up included
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(String emulator, Timing time, @Nullable Timing cold, @Nullable Double mips) {}

  /// Geometric means of ratios.
  ///
  /// @param coldWallRatio of first runs, where they are timed apart
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Total(
      String emulator,
      double wallRatio,
      double cpuRatio,
      @Nullable Double coldWallRatio,
      @Nullable Double coldCpuRatio) {
    static List<Total> of(List<Workload> workloads) {
      return workloads.getFirst().results().stream()
          .map(Result::emulator)
          .map(name -> of(name, workloads))
          .toList();
    }

    private static Total of(String emulator, List<Workload> workloads) {
      List<Result> results =
          workloads.stream()
              .flatMap(workload -> workload.results().stream())
              .filter(result -> result.emulator().equals(emulator))
              .toList();
      List<Timing> times = results.stream().map(Result::time).toList();
      List<Timing> colds =
          results.stream().flatMap(result -> Stream.ofNullable(result.cold())).toList();
      return new Total(
          emulator,
          Objects.requireNonNull(mean(times, Timing::wallRatio)),
          Objects.requireNonNull(mean(times, Timing::cpuRatio)),
          mean(colds, Timing::wallRatio),
          mean(colds, Timing::cpuRatio));
    }

    private static @Nullable Double mean(List<Timing> timings, ToDoubleFunction<Timing> ratio) {
      return timings.isEmpty()
          ? null
          : (Double) Summary.geometricMean(timings.stream().map(ratio::applyAsDouble).toList());
    }
  }
}
