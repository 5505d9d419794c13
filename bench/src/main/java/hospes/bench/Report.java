package hospes.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The result of a benchmark, as it is written to a file. Times are in seconds; a ratio is a median
/// divided by the baseline's median, so above 1 is slower than the baseline.
///
/// @param benchmark `boot` or `compute`
/// @param date when it began, ISO 8601
/// @param baseline the emulator that ratios refer to
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
        Map<Emulator, List<Sample>> samples) {
      List<Result> results = new ArrayList<>();
      for (Map.Entry<Emulator, List<Sample>> entry : samples.entrySet()) {
        Summary wall = Summary.of(entry.getValue(), Sample::wall);
        Summary cpu = Summary.of(entry.getValue(), Sample::cpu);
        Result first = results.isEmpty() ? null : results.getFirst();
        results.add(
            new Result(
                entry.getKey().name(),
                wall,
                cpu,
                instructions.isPresent() ? instructions.getAsLong() / wall.median() / 1e6 : null,
                first == null ? 1 : wall.median() / first.wall().median(),
                first == null ? 1 : cpu.median() / first.cpu().median()));
      }
      return new Workload(
          name,
          description,
          instructions.isPresent() ? instructions.getAsLong() : null,
          List.copyOf(results));
    }
  }

  /// How one emulator did one workload.
  ///
  /// @param wall from the start of the process
  /// @param cpu of all threads, in user and system mode
  /// @param mips guest instructions in millions per second of wall time, start-up included
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      String emulator,
      Summary wall,
      Summary cpu,
      @Nullable Double mips,
      double wallRatio,
      double cpuRatio) {}

  /// Geometric means of ratios.
  record Total(String emulator, double wallRatio, double cpuRatio) {
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
      return new Total(
          emulator,
          Summary.geometricMean(results.stream().map(Result::wallRatio).toList()),
          Summary.geometricMean(results.stream().map(Result::cpuRatio).toList()));
    }
  }
}
