package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.Tier;
import hospes.machine.Delivery;
import org.junit.jupiter.api.Test;

/// Debian's balloon driver gives memory to the host: what it is asked for, and what is free anyway.
final class BalloonTest {
  private static final int MIB = 1 << 20;
  private static final int PAGES_IN_MIB = 256;
  private static final long PATIENCE = 3_000_000_000L;

  /// MiB in a file in RAM.
  private static final int FILE = 96;

  /// MiB in the balloon. The kernel keeps some tens of MiB aside that are neither used nor free.
  private static final int BALLOON = 320;

  private static final String WRITE = "dd if=/dev/zero of=/tmp/big bs=1M count=%d 2>/dev/null";

  private static long freeMib(GuestSession guest) {
    String line = guest.command("grep MemFree /proc/meminfo");
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
  }

  private static long residentMib(GuestSession guest) {
    return guest.machine.residentBytes() / MIB;
  }

  private static void setBalloon(GuestSession guest, int mib) {
    int pages = mib * PAGES_IN_MIB;
    guest.machine.inbox().post(Delivery.balloon(pages));
    guest.advanceUntil(
        "a balloon of " + mib + " MiB",
        () -> guest.machine.balloonPages().orElse(-1) == pages,
        PATIENCE);
  }

  @Test
  void theBalloonTakesMemoryAndGivesItBack() {
    try (GuestSession guest = new GuestSession(Guests.debian(Tier.AUTO))) {
      guest.awaitShell();
      guest.command("modprobe virtio_balloon");
      guest.command(WRITE.formatted(FILE));
      guest.command("rm /tmp/big");
      long free = freeMib(guest);
      long resident = residentMib(guest);
      setBalloon(guest, BALLOON);
      // What the kernel freed last is among it.
      assertTrue(resident - residentMib(guest) > FILE * 3 / 4, "resident before: " + resident);
      long left = freeMib(guest);
      assertTrue(free - left > BALLOON * 3 / 4, free + " MiB were free, and then " + left);
      setBalloon(guest, BALLOON / 4);
      setBalloon(guest, 0);
      long again = freeMib(guest);
      assertTrue(again - left > BALLOON / 2, left + " MiB were free, and then " + again);
      // What the balloon held can be used.
      guest.command(WRITE.formatted(FILE));
      assertEquals(String.valueOf(FILE), guest.command("du -m /tmp/big | cut -f 1"));
    }
  }

  @Test
  void freePagesAreReported() {
    try (GuestSession guest = new GuestSession(Guests.debian(Tier.AUTO))) {
      guest.awaitShell();
      guest.command("modprobe virtio_balloon");
      long before = residentMib(guest);
      guest.command(WRITE.formatted(FILE));
      long full = residentMib(guest);
      assertTrue(full - before > FILE * 3 / 4, before + " MiB were resident, and then " + full);
      guest.command("rm /tmp/big");
      // The kernel reports blocks of 2 MiB, two seconds after they were freed.
      guest.command("sleep 10");
      assertTrue(full - residentMib(guest) > FILE * 3 / 4, full + " MiB were resident before");
      assertEquals(OptionalInt.of(0), guest.machine.balloonPages());
    }
  }
}
