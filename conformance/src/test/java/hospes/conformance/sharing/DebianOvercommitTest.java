package hospes.conformance.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Value;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Treatment;
import hospes.host.memory.HostStats;
import hospes.host.memory.SwapSpace;
import hospes.host.template.ImageStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debians that were booted apart and hold about three times what their host may take.
final class DebianOvercommitTest {
  private static final int GUESTS = 4;

  /// MiB of random numbers in each guest's file system in RAM. A booted Debian takes some 60 more.
  private static final int FILE = 48;

  private static final long LIMIT = 144L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Pattern SUM = Pattern.compile("^([0-9a-f]{32})  /tmp/x", Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void whatTheyWroteIsWhatTheyReadAgain() throws InterruptedException {
    HostSettings settings =
        new HostSettings(2).withMemory(LIMIT).with(new SwapSpace(folder, Long.MAX_VALUE));
    try (Host host = Host.open(settings)) {
      List<Guest> guests = new ArrayList<>();
      for (int number = 0; number < GUESTS; number++) {
        guests.add(
            host.start(
                ImageStart.of("debian").plan().with("memory", new Value.Number(256L << 20)),
                Treatment.named("debian-" + number)));
      }
      for (Guest guest : guests) {
        guest.console().expect("~ #", PATIENCE);
        guest
            .console()
            .send(
                "dd if=/dev/urandom of=/tmp/x bs=1M count=%d; md5sum /tmp/x; md5sum /tmp/x; echo do''ne\n"
                    .formatted(FILE));
      }
      Set<String> different = new HashSet<>();
      for (Guest guest : guests) {
        List<String> sums = sums(guest.console().expect("done", PATIENCE));
        assertEquals(2, sums.size());
        assertEquals(sums.getFirst(), sums.getLast(), guest.name());
        different.add(sums.getFirst());
      }
      assertEquals(GUESTS, different.size());
      HostStats stats = host.stats();
      assertTrue(stats.usedBytes() < LIMIT * 5 / 4, stats.toString());
      assertTrue(stats.swap().pages() * 4096 > (long) FILE << 20, stats.toString());
      assertTrue(stats.sharing().mergedPages() > 1000, stats.toString());
    }
  }

  private static List<String> sums(String output) {
    List<String> sums = new ArrayList<>();
    Matcher matcher = SUM.matcher(output.replace("\r", ""));
    while (matcher.find()) {
      sums.add(matcher.group(1));
    }
    return sums;
  }
}
