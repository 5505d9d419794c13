package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  @Test
  void emulatorsTakeTurns() throws BenchFailure {
    Emulator a = new Emulator.Hospes("a", Path.of("/a"), "");
    Emulator b = new Emulator.Hospes("b", Path.of("/b"), "");
    List<String> order = new ArrayList<>();
    List<String> progress = new ArrayList<>();
    var samples =
        Turns.take(
            2,
            List.of(a, b),
            emulator -> {
              order.add(emulator.name());
              return new Sample(order.size(), 0.5);
            },
            progress::add);
    assertEquals(List.of("a", "b", "a", "b"), order);
    assertEquals(List.of(new Sample(1, 0.5), new Sample(3, 0.5)), samples.get(a));
    assertEquals("round 2 of 2, b: 4.00 s, 0.50 s of processor time", progress.getLast());
  }
}
