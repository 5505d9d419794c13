package hospes.host.ports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InputQueueTest {
  @Test
  void aPipeLongerThanTheQueueArrivesWholeAndInOrder() throws InterruptedException {
    byte[] sent = new byte[100_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31);
    }
    InputQueue queue = new InputQueue(100);
    Semaphore news = new Semaphore(0);
    queue.onInput(news::release);
    ConsoleReader.ofPipe(new ByteArrayInputStream(sent), queue);

    ByteArrayOutputStream got = new ByteArrayOutputStream();
    while (!queue.isAtEnd()) {
      if (!queue.hasInput()) {
        news.acquire();
      }
      got.writeBytes(queue.take(7));
    }

    assertArrayEquals(sent, got.toByteArray());
  }

  @Test
  void aTerminalDropsKeysRatherThanWaitForAGuestThatDoesNotRead() {
    InputQueue queue = new InputQueue(4);
    queue.offer(new byte[] {1, 2, 3, 4, 5, 6}, 6);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, queue.take(100));
  }

  @Test
  void theEndCountsOnlyOnceEverythingIsTaken() {
    InputQueue queue = new InputQueue(4);
    queue.offer(new byte[] {1}, 1);
    queue.end();
    assertFalse(queue.isAtEnd());
    assertEquals(1, queue.take(4).length);
    assertTrue(queue.isAtEnd());
  }

  @Test
  void aFiniteInputIsAwaitedBeforeARunThatIsToBeRepeated() throws InterruptedException {
    InputQueue queue = new InputQueue(1024);
    ConsoleReader.ofPipe(new ByteArrayInputStream(new byte[500]), queue);
    queue.awaitFullOrEnd(20_000);
    assertEquals(500, queue.take(1024).length);
  }

  @Test
  void whoWaitsForSpaceIsReleasedByTheEnd() throws InterruptedException {
    InputQueue queue = new InputQueue(4);
    Thread typist =
        Thread.startVirtualThread(
            () -> {
              try {
                queue.put(new byte[100], 100);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    queue.end();
    typist.join();
    assertTrue(queue.take(100).length <= 4);
  }
}
