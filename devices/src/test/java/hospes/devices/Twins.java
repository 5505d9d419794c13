package hospes.devices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.RecordReader;
import hospes.machine.Stateful;
import java.util.function.Function;

/// Law 4 for any component: save, restore, continue equals continue.
public final class Twins {
  private Twins() {}

  /// Restores `fresh` from `original` and lets both go on in the same way.
  ///
  /// @param goOn goes on with a component and tells all that can be seen of it
  public static <T extends Stateful> void assertContinuesEqually(
      T original, T fresh, Function<T, String> goOn) {
    var saved = original.toRecord();
    RecordReader in = new RecordReader(saved);
    fresh.restore(in);
    assertTrue(in.isAtEnd(), "restore reads all that save wrote");
    assertArrayEquals(saved.bytes(), fresh.toRecord().bytes(), "state after restore");
    assertEquals(goOn.apply(original), goOn.apply(fresh), "what can be seen");
    assertArrayEquals(original.toRecord().bytes(), fresh.toRecord().bytes(), "state afterwards");
  }
}
