package hospes.bench;

import hospes.bench.Emulator.BootFiles;
import hospes.bench.GuestConsole.Seen;
import hospes.bench.GuestProgram.Target;
import hospes.bench.Report.Runs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Boots a guest and runs programs in it, each several times in a row.
///
/// A program prints a line when its work begins and one with its checksum when it ends; the time
/// between their arrivals is what counts.
final class ProgramBoot {
  // A prompt instead: the program could not be run, or died.
  private static final Pattern BEGIN = Pattern.compile("(bench: begin)\r?\n|" + BootImage.PROMPT);
  private static final Pattern END =
      Pattern.compile("bench: end ([0-9a-f]{8})\r?\n|" + BootImage.PROMPT);

  private final BootFiles files;
  private final Set<GuestProgram> programs;
  private final double scale;
  private final int runs;
  private final GuestProcess processes;
  private final Consumer<String> progress;
  private final Map<GuestProgram, Claim> claims = new EnumMap<>(GuestProgram.class);

  /// What somebody computed first.
  private record Claim(String checksum, String emulator) {}

  /// What a boot brought.
  ///
  /// @param prompt from the start of the process to the shell's prompt
  record Boot(Sample prompt, Map<GuestProgram, Runs> programs) {
    /// For progress.
    @Override
    public String toString() {
      return "prompt after %s".formatted(prompt);
    }
  }

  /// @param files the programs are in the initial file system, in [#path(GuestProgram)]
  /// @param runs of each program in a boot, 2 or more: the first is cold
  ProgramBoot(
      BootFiles files,
      Set<GuestProgram> programs,
      double scale,
      int runs,
      GuestProcess processes,
      Consumer<String> progress) {
    this.files = files;
    this.programs = programs;
    this.scale = scale;
    this.runs = runs;
    this.processes = processes;
    this.progress = progress;
  }

  /// A program's place in the guest, without the first slash.
  static String path(GuestProgram program) {
    return "bench/" + program;
  }

  /// Boots once and runs everything.
  ///
  /// @throws BenchFailure also if a checksum differs from one that was computed before
  Boot take(Emulator.OfBoards emulator) throws BenchFailure {
    try (GuestConsole console = processes.open(emulator.boot(files, 1), emulator.environment())) {
      Sample prompt = console.await(BootImage.PROMPT).moment().since(console.start());
      Map<GuestProgram, Runs> results = new LinkedHashMap<>();
      for (GuestProgram program : programs) {
        List<Sample> samples = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          samples.add(run(console, program, emulator));
        }
        results.put(program, new Runs(samples.getFirst(), samples.subList(1, runs)));
        progress.accept(
            "%s, %s: %s"
                .formatted(
                    emulator.name(),
                    program,
                    String.join(
                        " ",
                        samples.stream()
                            .map(sample -> String.format(Locale.ROOT, "%.2f", sample.wall()))
                            .toList())));
      }
      return new Boot(prompt, results);
    }
  }

  private Sample run(GuestConsole console, GuestProgram program, Emulator emulator)
      throws BenchFailure {
    console.type("/%s %d".formatted(path(program), program.rounds(Target.LINUX, scale)));
    Seen begin = console.await(BEGIN);
    if (begin.match().group(1) == null) {
      throw console.failed("did not start /" + path(program));
    }
    Seen end = console.await(END);
    String checksum = end.match().group(1);
    if (checksum == null) {
      throw console.failed("/%s did not finish".formatted(path(program)));
    }
    Claim claim = claims.computeIfAbsent(program, _ -> new Claim(checksum, emulator.name()));
    if (!claim.checksum().equals(checksum)) {
      throw new BenchFailure(
          "%s: %s computes %s, but %s computed %s; one of them is wrong"
              .formatted(program, emulator.name(), checksum, claim.emulator(), claim.checksum()));
    }
    console.await(BootImage.PROMPT);
    Sample sample = end.moment().since(begin.moment());
    if (sample.wall() == 0) {
      throw new BenchFailure(
          "%s on %s ended too early to be measured; use a larger --scale"
              .formatted(program, emulator.name()));
    }
    return sample;
  }
}
