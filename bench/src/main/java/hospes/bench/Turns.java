package hospes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures in interleaved rounds (A B A B …), so that what changes on the machine meanwhile meets
/// every emulator alike.
final class Turns {
  /// Takes one turn.
  ///
  /// @param <E> what is measured
  /// @param <T> what a turn brings; its text is shown as progress
  @FunctionalInterface
  interface Measurement<E extends Emulator, T> {
    T take(E emulator) throws BenchFailure;
  }

  private Turns() {}

  /// @param progress is told of each turn
  /// @return what each emulator's turns brought, in the given order
  static <E extends Emulator, T> Map<E, List<T>> take(
      int rounds, List<E> emulators, Measurement<E, T> measurement, Consumer<String> progress)
      throws BenchFailure {
    Map<E, List<T>> taken = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (E emulator : emulators) {
        T one = measurement.take(emulator);
        taken.computeIfAbsent(emulator, _ -> new ArrayList<>()).add(one);
        progress.accept("round %d of %d, %s: %s".formatted(round, rounds, emulator.name(), one));
      }
    }
    return taken;
  }
}
