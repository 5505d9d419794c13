package hospes.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationIdTest {
  private final List<Level> levels = new ArrayList<>();
  private final GenerationId device = new GenerationId("generation", levels::add);

  private static byte[] id(int first) {
    byte[] id = new byte[GenerationId.SIZE];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) (first + i);
    }
    return id;
  }

  @Test
  void theIdIsReadInAnyWidth() {
    device.begin(id(0x10));
    assertEquals(0x1716_1514_1312_1110L, device.read(0, 8));
    assertEquals(0x1f1e_1d1c_1b1a_1918L, device.read(8, 8));
    assertEquals(0x1716_1514L, device.read(4, 4));
    assertEquals(0x1f, device.read(15, 1));
    device.write(0, 8, 0);
    assertEquals(0x10, device.read(0, 1), "the guest cannot change it");
  }

  @Test
  void aChangeIsToldOnceAndTheFirstIdIsNot() {
    device.begin(id(1));
    assertEquals(List.of(), levels);
    device.change(id(2));
    assertEquals(List.of(Level.HIGH, Level.LOW), levels);
    assertEquals(2, device.read(0, 1));
  }

  @Test
  void aRestoredIdIsTheSame() {
    device.begin(id(3));
    Twins.assertContinuesEqually(
        device,
        new GenerationId("generation", levels::add),
        one -> one.read(0, 8) + " " + one.read(8, 8));
    assertEquals(List.of(), levels, "restoring drives no line");
  }
}
