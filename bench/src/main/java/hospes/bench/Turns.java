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
  /// @param <T> what a turn brings; its text is shown as progress
  @FunctionalInterface
  interface Measurement<T> {
    T take(Emulator emulator) throws BenchFailure;
  }

  private Turns() {}

  /// @param progress is told of each turn
  /// @return what each emulator's turns brought, in the given order
  static <T> Map<Emulator, List<T>> take(
      int rounds, List<Emulator> emulators, Measurement<T> measurement, Consumer<String> progress)
      throws BenchFailure {
    Map<Emulator, List<T>> taken = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Emulator emulator : emulators) {
        T one = measurement.take(emulator);
        taken.computeIfAbsent(emulator, _ -> new ArrayList<>()).add(one);
        progress.accept("round %d of %d, %s: %s".formatted(round, rounds, emulator.name(), one));
      }
    }
    return taken;
  }
}
