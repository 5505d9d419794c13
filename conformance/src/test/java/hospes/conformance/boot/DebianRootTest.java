package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.formats.cpio.CpioWriter;
import hospes.images.DebianMirror;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.machine.StopReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk with a minimal Debian: its packages are configured in the guest, then systemd starts it
/// up to the login prompt.
///
/// Needs root, for the files' owners, and the Debian archive.
@Tag("slow")
@EveryTier(except = {Tier.TRANSLATOR, Tier.EAGER, Tier.DELAYED})
final class DebianRootTest {
  private static final Path SOURCES = Path.of("src", "test", "guest", "debian").toAbsolutePath();
  private static final long CONFIGURATION = 40_000_000_000L;
  private static final long START = 20_000_000_000L;

  @TempDir Path directory;

  private final Tier tier;

  DebianRootTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void systemdReachesItsLoginPrompt() throws IOException, ImageException {
    DebianMirror mirror = DebianMirror.find(Optional.empty(), ImageSettings.of(System.getenv()));
    HostTools.run(
            directory,
            SOURCES.resolve("make-disk.sh").toString(),
            directory.toString(),
            mirror.base().toString())
        .lines()
        .filter(line -> line.startsWith("make-disk: "))
        .forEach(System.out::println);
    Path disk = directory.resolve("disk.img");
    try (FileDisk store = new FileDisk(disk)) {
      try (GuestSession guest = new GuestSession(order(store, "/first-boot"))) {
        guest.await("first-boot: configured", CONFIGURATION);
        assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
      }
      try (GuestSession guest = new GuestSession(order(store, "/sbin/init"))) {
        guest.await("hospes login: ", START);
        figure("to the login prompt", guest);
        guest.type("root");
        guest.await("Password: ", START);
        guest.type("hospes");
        guest.await(Pattern.compile("root@hospes:~. "), START);
        guest.type(
            "systemctl is-system-running --wait; systemctl --failed --plain --no-legend | wc -l");
        guest.await(Pattern.compile("\\srunning\\s+0\\s"), START);
        figure("to a running system", guest);
        guest.type("systemctl poweroff");
        assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
      }
    }
    HostTools.run(directory, "/sbin/e2fsck", "-fn", disk.toString());
    String status =
        HostTools.run(
            directory, "/sbin/debugfs", "-R", "cat /var/lib/dpkg/status", disk.toString());
    assertTrue(status.contains("Status: install ok installed"), "packages are configured");
    assertEquals(-1, status.indexOf("Status: install ok unpacked"), "all of them");
  }

  private Guests.Order order(FileDisk disk, String next) throws IOException {
    return Guests.debian(tier)
        .drives(List.of(disk))
        .initrd(initrd())
        .commandLine("console=ttyS0 quiet TERM=dumb rdinit=/switch NEXT=" + next);
  }

  /// Our initial file system with one more script: archives may stand one behind the other.
  private static byte[] initrd() throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    archive.writeBytes(Guests.initrd());
    while (archive.size() % 4 != 0) {
      archive.write(0);
    }
    try (CpioWriter more = new CpioWriter(archive)) {
      more.file("switch", 0755, Files.readAllBytes(SOURCES.resolve("switch")));
    }
    return archive.toByteArray();
  }

  private static void figure(String what, GuestSession guest) {
    System.out.printf(
        "debian root, %s: %,d instructions, %.1f s of guest time%n",
        what, guest.machine.instructions(), guest.machine.nanoseconds() / 1e9);
  }
}
