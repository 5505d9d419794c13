package hospes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Takes samples in interleaved rounds (A B A B …), so that what changes on the machine meanwhile
/// meets every emulator alike.
final class Turns {
  /// Takes one sample.
  @FunctionalInterface
  interface Measurement {
    Sample take(Emulator emulator) throws BenchFailure;
  }

  private Turns() {}

  /// @param progress is told of each sample
  /// @return the samples of each emulator, in the given order
  static Map<Emulator, List<Sample>> take(
      int rounds, List<Emulator> emulators, Measurement measurement, Consumer<String> progress)
      throws BenchFailure {
    Map<Emulator, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Emulator emulator : emulators) {
        Sample sample = measurement.take(emulator);
        samples.computeIfAbsent(emulator, _ -> new ArrayList<>()).add(sample);
        progress.accept(
            "round %d of %d, %s: %.2f s, %.2f s of processor time"
                .formatted(round, rounds, emulator.name(), sample.wall(), sample.cpu()));
      }
    }
    return samples;
  }
}
