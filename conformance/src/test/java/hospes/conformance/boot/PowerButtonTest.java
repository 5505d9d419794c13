package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hospes.conformance.tiers.Tier;
import hospes.machine.Delivery;
import hospes.machine.StopReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian hears the power button, and leaves its disk in order.
final class PowerButtonTest {
  @TempDir private Path directory;

  @Test
  void theButtonShutsDebianDownInOrder() throws IOException {
    Path disk = directory.resolve("disk.img");
    HostTools.run(directory, "/sbin/mke2fs", "-q", "-t", "ext4", disk.toString(), "16M");
    try (FileDisk store = new FileDisk(disk);
        GuestSession guest = new GuestSession(Guests.debian(Tier.AUTO).drives(List.of(store)))) {
      guest.awaitShell();
      guest.command("mount /dev/vda /mnt");
      guest.command(
          "until ls -l /proc/[0-9]*/fd 2>/dev/null | grep -q input/event0; do sleep 1; done");
      assertEquals("Power Button", guest.command("cat /sys/class/input/event0/device/name"));
      guest.command("echo kept > /mnt/file");
      guest.machine.inbox().post(Delivery.powerButton());
      assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
    }
    HostTools.run(directory, "/sbin/e2fsck", "-fn", disk.toString());
    String header = HostTools.run(directory, "/sbin/dumpe2fs", "-h", disk.toString());
    assertFalse(header.contains("needs_recovery"), "it was unmounted: " + header);
    assertEquals(
        "kept",
        HostTools.run(directory, "/sbin/debugfs", "-R", "cat /file", disk.toString())
            .lines()
            .reduce("", (before, line) -> line));
  }
}
