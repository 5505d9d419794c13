package hospes.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The programs of `bench/run compute` and `bench/run bare`, each a file of the same name in
/// src/main/guest.
enum GuestProgram {
  INTEGER_MIX(15_000, 2000, "lists, small matrices, a state machine, CRC"),
  MEMORY(1100, 300, "copying and comparing blocks"),
  SIEVE(180, 15, "sieve of Eratosthenes"),
  POINTER_CHASE(550, 500, "one random cycle through 4 MiB"),
  CALLS(3500, 500, "recursion, calls through a table"),
  SORT(850, 150, "quicksort and heapsort"),
  HASH(3000, 220, "hash table of words"),
  MATRIX(1400, 250, "matrices of doubles"),
  MANDELBROT(180, 60, "double arithmetic in registers"),
  SHA256(40_000, 800, "rotations and additions of 32 bits"),
  JSON(1100, 110, "writing and parsing nested text"),
  SHELL(20, 0, "a shell script that starts 500 processes");

  private final int rounds;
  private final int bareRounds;
  private final String description;

  GuestProgram(int rounds, int bareRounds, String description) {
    this.rounds = rounds;
    this.bareRounds = bareRounds;
    this.description = description;
  }

  /// What a program runs on.
  enum Target {
    /// A static user program of Linux.
    LINUX,
    /// The bare board, in machine mode.
    BARE
  }

  /// The repetitions of the usual work: under Linux what takes QEMU 7.2 two to six seconds, on the
  /// bare board a second or two on an interpreter of 200 million instructions a second.
  private int rounds(Target target) {
    return switch (target) {
      case LINUX -> rounds;
      case BARE -> bareRounds;
    };
  }

  /// The repetitions to do, at least one.
  ///
  /// @param scale of the usual work
  int rounds(Target target, double scale) {
    return (int) Math.max(1, Math.round(rounds(target) * scale));
  }

  String description() {
    return description;
  }

  /// The source's name; it says whether the program is compiled.
  String source() {
    return this + (this == SHELL ? ".sh" : ".c");
  }

  /// All that can run on a target.
  static Set<GuestProgram> all(Target target) {
    return switch (target) {
      case LINUX -> EnumSet.allOf(GuestProgram.class);
      case BARE -> EnumSet.complementOf(EnumSet.of(SHELL));
    };
  }

  /// The program of that name.
  ///
  /// @throws BenchFailure if there is none for the target
  static GuestProgram named(String name, Target target) throws BenchFailure {
    return all(target).stream()
        .filter(program -> program.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchFailure(
                    "there is no program %s; there are %s"
                        .formatted(
                            name, Arrays.toString(all(target).toArray(GuestProgram[]::new)))));
  }

  /// The names, for the help.
  static Stream<String> names() {
    return Stream.of(values()).map(GuestProgram::toString);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
