package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.machine.Entropy;
import org.junit.jupiter.api.Test;

class VirtioEntropyTest {
  private final Driver driver =
      new Driver(Driver.newMemory(), new VirtioEntropy(Entropy.fixed(7)), 8);

  @Test
  void handsOutTheMachinesOwnStream() {
    driver.start(0, 1);
    Entropy expected = Entropy.fixed(7);
    for (int length : new int[] {64, 1, 33}) {
      assertEquals(length, driver.request(0, new byte[0], length));
      assertArrayEquals(expected.next(length), driver.answer(length));
    }
  }

  @Test
  void theStreamGoesOnAfterAReset() {
    driver.start(0, 1);
    Entropy expected = Entropy.fixed(7);
    driver.request(0, new byte[0], 5);
    expected.next(5);
    driver.startOver(Virtqueue.EVENT_INDEX, 1);
    driver.request(0, new byte[0], 40);
    assertArrayEquals(expected.next(40), driver.answer(40), "no byte is handed out twice");
  }

  @Test
  void hugeBufferGetsAPart() {
    driver.start(0, 1);
    assertEquals(4096, driver.request(0, new byte[0], 0x10000));
  }
}
