package hospes.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/// The bare-metal programs of `bench/run compute`, each a C file of the same name in
/// src/main/guest.
enum GuestProgram {
  INTEGER_MIX(2000, "lists, small matrices, a state machine, CRC"),
  MEMORY(300, "copying and comparing blocks"),
  SIEVE(15, "sieve of Eratosthenes"),
  POINTER_CHASE(500, "one random cycle through 4 MiB"),
  CALLS(500, "recursion, calls through a table"),
  SORT(150, "quicksort and heapsort"),
  HASH(220, "hash table of words"),
  MATRIX(250, "matrices of doubles"),
  MANDELBROT(60, "double arithmetic in registers"),
  SHA256(800, "rotations and additions of 32 bits"),
  JSON(110, "writing and parsing nested text");

  private final int rounds;
  private final String description;

  GuestProgram(int rounds, String description) {
    this.rounds = rounds;
    this.description = description;
  }

  /// The repetitions that take a second or two on an interpreter of 200 million instructions a
  /// second.
  int rounds() {
    return rounds;
  }

  String description() {
    return description;
  }

  /// The program of that name.
  ///
  /// @throws BenchFailure if there is none
  static GuestProgram named(String name) throws BenchFailure {
    return Stream.of(values())
        .filter(program -> program.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchFailure(
                    "there is no program %s; there are %s"
                        .formatted(name, Arrays.toString(values()))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
