package hospes.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is due at one instruction count is delivered in the order of its arrival, and a journal
/// that is played into another inbox comes out as it went in.
final class InboxTest {
  private final Inbox inbox = new Inbox();
  private final List<Delivery> delivered = new ArrayList<>();

  private static Delivery numbered(int number) {
    return Delivery.balloon(number);
  }

  private void schedule(long instructions, Delivery delivery) {
    inbox.schedule(new Inbox.Entry(instructions, delivery));
  }

  @Test
  void equalCountsKeepTheirOrder() {
    Delivery button = Delivery.powerButton();
    Delivery typed = Delivery.typed(new byte[] {'a'});
    Delivery sample = Delivery.clock(5);
    Delivery again = Delivery.typed(new byte[] {'b'});
    schedule(1, button);
    schedule(2, typed);
    schedule(2, sample);
    schedule(2, again);
    inbox.deliver(2, delivered::add);
    assertEquals(List.of(button, typed, sample, again), delivered);
  }

  @Test
  void nothingIsDeliveredBeforeItsCount() {
    schedule(10, numbered(1));
    assertFalse(inbox.hasMail(9));
    inbox.deliver(9, delivered::add);
    assertEquals(List.of(), delivered);
    assertTrue(inbox.hasMail(10));
    assertEquals(10, inbox.nextScheduled());
  }

  @Test
  void whatIsPostedAndWhatIsScheduledForTheSameMomentKeepTheirOrder() {
    inbox.post(numbered(2));
    schedule(7, numbered(3));
    inbox.post(numbered(4));
    schedule(6, numbered(1));
    inbox.deliver(7, delivered::add);
    assertEquals(List.of(numbered(1), numbered(2), numbered(3), numbered(4)), delivered);
  }

  @Test
  void whatAMachinePostsWhileItTakesDeliveryIsDeliveredToo() {
    inbox.post(numbered(1));
    inbox.deliver(
        0,
        delivery -> {
          delivered.add(delivery);
          if (delivery.equals(numbered(1))) {
            inbox.post(numbered(2));
          }
        });
    assertEquals(List.of(numbered(1), numbered(2)), delivered);
  }

  /// Whatever was posted and scheduled, at whatever counts the machine looked: the journal of an
  /// inbox, played into another one, is delivered at the same counts and in the same order.
  @Test
  void aJournalPlayedIntoAnotherInboxGivesTheSameJournal() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Inbox first = new Inbox();
      List<Inbox.Entry> journal = new ArrayList<>();
      first.recordTo(journal::add);
      long now = 0;
      for (int i = 0; i < 60; i++) {
        switch (random.nextInt(3)) {
          case 0 -> first.post(numbered(i));
          case 1 -> first.schedule(new Inbox.Entry(now + random.nextInt(3), numbered(i)));
          default -> {
            first.deliver(now, delivery -> {});
            now += random.nextInt(3);
          }
        }
      }
      Inbox second = new Inbox();
      List<Inbox.Entry> replayed = new ArrayList<>();
      second.recordTo(replayed::add);
      journal.forEach(second::schedule);
      for (long count = 0; count <= now; count++) {
        second.deliver(count, delivery -> {});
      }
      assertEquals(journal, replayed, "seed " + seed);
    }
  }
}
