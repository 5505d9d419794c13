package hospes.conformance.interleaving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever users do with the guests of a host, from several threads and while the guests run, each
/// guest computes what it would have computed alone.
///
/// A failure tells the seed; `-Dhospes.interleaving.seed=N` plays that one alone.
final class HostInterleavingTest {
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void everyGuestIsWhatItWouldBeAlone() throws InterruptedException {
    Seeds seeds = Seeds.few(8);
    int states = 0;
    while (seeds.hasNext()) {
      states += HostSequence.play(seeds.next(), folder);
    }
    System.out.println("interleaved guests: " + seeds + ", states: " + states);
    assertTrue(states > 0, "nothing was compared");
  }

  @Test
  @Tag("slow")
  void everyGuestIsWhatItWouldBeAloneForLong() throws InterruptedException {
    Seeds seeds = Seeds.forLong();
    int states = 0;
    while (seeds.hasNext()) {
      states += HostSequence.play(seeds.next(), folder);
    }
    System.out.println("interleaved guests: " + seeds + ", states: " + states);
    assertTrue(states > 0, "nothing was compared");
  }
}
