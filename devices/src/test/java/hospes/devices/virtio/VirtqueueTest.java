package hospes.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.memory.FrameTable;
import org.junit.jupiter.api.Test;

class VirtqueueTest {
  private static final long TABLE = Driver.RAM;
  private static final long AVAILABLE = Driver.RAM + 0x1000;
  private static final long USED = Driver.RAM + 0x2000;
  private static final long BUFFER = Driver.RAM + 0x3000;

  private final FrameTable memory = Driver.newMemory();
  private final Virtqueue queue = new Virtqueue(memory, new QueueLimits(4, 100, 150));

  private void start() throws QueueFaultException {
    queue.setSize(4);
    queue.setDescriptorTable(TABLE);
    queue.setAvailableRing(AVAILABLE);
    queue.setUsedRing(USED);
    queue.start();
  }

  private void offer(int head, int length, int index) {
    memory.write(TABLE + 16L * head, 8, BUFFER);
    memory.write(TABLE + 16L * head + 8, 4, length);
    memory.write(AVAILABLE + 4 + 2L * (index % 4), 2, head);
    memory.write(AVAILABLE + 2, 2, index + 1);
  }

  @Test
  void requestLargerThanItsLimitIsAFault() throws QueueFaultException {
    start();
    offer(0, 101, 0);
    queue.open(0);
    assertThrows(QueueFaultException.class, queue::take);
  }

  @Test
  void requestsOfOneNotificationShareALimit() throws QueueFaultException {
    start();
    offer(0, 100, 0);
    offer(1, 51, 1);
    queue.open(0);
    assertNotNull(queue.take());
    assertThrows(QueueFaultException.class, queue::take);
  }

  @Test
  void eachNotificationHasItsOwnLimit() throws QueueFaultException {
    start();
    for (int i = 0; i < 10; i++) {
      offer(i % 4, 100, i);
      queue.open(0);
      DescriptorChain chain = queue.take();
      assertNotNull(chain);
      queue.give(chain, 0);
      assertNull(queue.take());
      queue.close();
    }
    assertEquals(10, memory.read(USED + 2, 2));
  }

  @Test
  void whatIsOfferedWhileTheDeviceWorksWaits() throws QueueFaultException {
    start();
    offer(0, 10, 0);
    queue.open(0);
    offer(1, 10, 1);
    assertNotNull(queue.take());
    assertNull(queue.take());
    queue.close();
    queue.open(0);
    assertNotNull(queue.take());
  }
}
