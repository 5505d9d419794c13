package hospes.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What arrives at a machine comes back from a journal as it was; what a damaged journal claims is
/// refused.
final class PayloadRecordTest {
  private static final List<Payload> ALL =
      List.of(
          new Payload.Bytes(new byte[] {1, 2}),
          new Payload.Packet(new byte[] {3}),
          new Payload.Time(-5),
          new Payload.Seed(new byte[Entropy.SEED_BYTES]),
          new Payload.Size(24, 80),
          new Payload.Amount(1L << 40),
          new Payload.Pressed(),
          new Payload.Answered(new Reply.Done()),
          new Payload.Answered(new Reply.Opened(9)),
          new Payload.Answered(new Reply.Content(new byte[] {4, 5, 6})),
          new Payload.Answered(new Reply.Facts(Reply.Kind.FOLDER, 7)),
          new Payload.Answered(new Reply.Names(List.of("a", "ü"))),
          new Payload.Answered(new Reply.Refused(Reply.Problem.NO_SPACE, "the disk is full")));

  @Test
  void everyShapeComesBack() {
    Set<Integer> kinds = new HashSet<>();
    for (Payload payload : ALL) {
      int kind = PayloadRecord.kind(payload);
      byte[] bytes = PayloadRecord.bytes(payload);
      Payload back = PayloadRecord.of(kind, bytes);
      assertEquals(payload.getClass(), back.getClass());
      assertEquals(kind, PayloadRecord.kind(back));
      assertArrayEquals(bytes, PayloadRecord.bytes(back));
      kinds.add(kind);
    }
    assertEquals(ALL.size(), kinds.size());
  }

  @Test
  void whatIsCutOrTooLongIsRefused() {
    for (Payload payload : ALL) {
      if (payload instanceof Payload.Size || payload instanceof Payload.Time) {
        int kind = PayloadRecord.kind(payload);
        assertThrows(SnapshotException.class, () -> PayloadRecord.of(kind, new byte[7]));
        assertThrows(SnapshotException.class, () -> PayloadRecord.of(kind, new byte[9]));
      }
    }
    assertThrows(SnapshotException.class, () -> PayloadRecord.of(0, new byte[0]));
    assertThrows(SnapshotException.class, () -> PayloadRecord.of(4, new byte[3]));
    assertThrows(SnapshotException.class, () -> PayloadRecord.of(5, new byte[8]));
  }

  @Test
  void noBytesAreMoreThanRefused() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        Payload payload = PayloadRecord.of(random.nextInt(24), bytes);
        Payload again = PayloadRecord.of(PayloadRecord.kind(payload), PayloadRecord.bytes(payload));
        assertEquals(payload.getClass(), again.getClass());
      } catch (SnapshotException refused) {
        // as it should be
      }
    }
  }
}
