package hospes.conformance.interleaving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.interleaving.MachineSequence.Counts;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However machines are run in slices, forked, saved, restored, merged, swapped and killed, each
/// computes what it would have computed alone, and all memory comes back.
///
/// A failure tells the seed; `-Dhospes.interleaving.seed=N` plays that one alone.
final class MachineInterleavingTest {
  @TempDir private Path folder;

  @Test
  void everyMachineIsWhatItWouldBeAlone() {
    Seeds seeds = Seeds.few(60);
    Counts sum = Counts.NONE;
    while (seeds.hasNext()) {
      sum = sum.plus(MachineSequence.play(seeds.next(), folder));
    }
    System.out.println("interleaved machines: " + seeds + ", " + sum);
    if (seeds.areAll()) {
      assertTrue(sum.merged() > 0 && sum.zeros() > 0, sum + ": nothing was shared");
      assertTrue(sum.swappedOut() > 0 && sum.swappedIn() > 0, sum + ": nothing was swapped");
    }
  }

  @Test
  @Tag("slow")
  void everyMachineIsWhatItWouldBeAloneForLong() {
    Seeds seeds = Seeds.forLong();
    Counts sum = Counts.NONE;
    while (seeds.hasNext()) {
      sum = sum.plus(MachineSequence.play(seeds.next(), folder));
    }
    System.out.println("interleaved machines: " + seeds + ", " + sum);
  }
}
