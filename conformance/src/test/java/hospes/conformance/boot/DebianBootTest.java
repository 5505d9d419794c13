package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Debian's kernel boots to a shell, and what the shell sees is right.
@EveryTier(slow = {Tier.TRANSLATOR, Tier.EAGER, Tier.DELAYED})
final class DebianBootTest {
  @TempDir Path directory;

  private final Tier tier;

  DebianBootTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void diskConsoleAndEntropyWorkInDebian() throws IOException {
    Path disk = directory.resolve("disk.img");
    Path content = Files.createDirectory(directory.resolve("content"));
    Files.writeString(content.resolve("greeting"), "from the host\n");
    HostTools.run(
        directory,
        "/sbin/mke2fs",
        "-q",
        "-t",
        "ext4",
        "-d",
        content.toString(),
        disk.toString(),
        "32M");
    try (FileDisk store = new FileDisk(disk);
        GuestSession guest = new GuestSession(Guests.debian(tier).drives(List.of(store)))) {
      guest.awaitShell();
      assertEquals("riscv64", guest.command("uname -m"));
      assertEquals("from the host", guest.command("mount /dev/vda /mnt && cat /mnt/greeting"));
      guest.command("seq 1 20000 > /mnt/numbers && cp /bin/busybox /mnt/");
      guest.command("mkdir /mnt/d && ln /mnt/numbers /mnt/d/link && rm /mnt/greeting");
      String sum = guest.command("sha256sum < /mnt/numbers").substring(0, 64);
      guest.command("sync && umount /mnt");
      checkDisk(disk, sum);

      assertEquals("virtio_rng.0", guest.command("cat /sys/class/misc/hw_random/rng_current"));
      String random = guest.command("dd if=/dev/hwrng bs=32 count=1 2>/dev/null | sha256sum");
      assertNotEquals(
          random, guest.command("dd if=/dev/hwrng bs=32 count=1 2>/dev/null | sha256sum"));
      guest.type("echo question > /dev/hvc0; read line < /dev/hvc0; echo \"got $line\"");
      guest.await("question", 1_000_000_000);
      guest.type("an answer");
      guest.await("got an answer", 1_000_000_000);
      guest.await("~ # ", 1_000_000_000);
      driversLeaveAndComeBack(guest);
      guest.type("poweroff -f");
      assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
    }
  }

  /// A driver that leaves resets its device; the one that comes then finds it as new.
  private static void driversLeaveAndComeBack(GuestSession guest) {
    guest.command(
        "for d in virtio_blk virtio_rng; do cd /sys/bus/virtio/drivers/$d && n=$(echo virtio*)"
            + " && echo $n > unbind && test ! -e $n && echo $n > bind && test -e $n; done; cd ~");
    assertEquals("20000", guest.command("mount -o ro /dev/vda /mnt && wc -l < /mnt/numbers"));
    guest.command("umount /mnt");
    assertEquals("32", guest.command("dd if=/dev/hwrng bs=32 count=1 2>/dev/null | wc -c"));
  }

  /// The host's tools find a clean file system with the files that the guest wrote.
  private void checkDisk(Path disk, String sum) throws IOException {
    HostTools.run(directory, "/sbin/e2fsck", "-fn", disk.toString());
    String listing = HostTools.run(directory, "/sbin/debugfs", "-R", "ls -l /", disk.toString());
    assertTrue(listing.contains("busybox") && !listing.contains("greeting"), listing);
    HostTools.run(directory, "/sbin/debugfs", "-R", "dump /d/link copied", disk.toString());
    String expected =
        IntStream.rangeClosed(1, 20_000)
            .mapToObj(number -> number + "\n")
            .collect(Collectors.joining());
    assertEquals(expected, Files.readString(directory.resolve("copied")));
    assertTrue(
        HostTools.run(directory, "sha256sum", "copied").startsWith(sum), "the guest's own sum");
  }

  @Test
  void fourHartsComeUpAndShareTheWork() {
    boot(4);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void otherNumbersOfHartsComeUp(int harts) {
    boot(harts);
  }

  private void boot(int harts) {
    try (GuestSession guest = new GuestSession(Guests.debian(tier).harts(harts))) {
      guest.awaitShell();
      assertEquals(String.valueOf(harts), guest.command("nproc"));
      guest.command(
          "sh -c 'for i in $(seq %d); do (seq 1 9000 | sha256sum > /tmp/$i) & done; wait'"
              .formatted(2 * harts));
      assertEquals("1", guest.command("cat /tmp/* | sort -u | wc -l"));
      // Every hart has taken timer interrupts.
      String timers = guest.command("grep riscv-timer /proc/interrupts");
      for (int hart = 1; hart <= harts; hart++) {
        assertTrue(Long.parseLong(timers.strip().split("\\s+")[hart]) > 0, timers);
      }
      guest.type("poweroff -f");
      assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
    }
  }

  @Tag("slow")
  @Test
  void theVirtioConsoleCanBeTheOnlyOne() {
    try (GuestSession guest =
        new GuestSession(Guests.debian(tier).commandLine("console=hvc0 TERM=dumb"))) {
      guest.awaitShell();
      assertTrue(guest.command("cat /proc/consoles").contains("hvc0  "), "the console is hvc0");
      guest.type("poweroff -f");
      assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"fw_jump.bin", "fw_dynamic.bin", "fw_jump.elf", "fw_dynamic.elf"})
  void bootsThroughOpenSbi(String firmware) {
    try (GuestSession guest = new GuestSession(Guests.debian(tier).firmware(firmware).harts(2))) {
      guest.awaitShell();
      assertTrue(guest.printed().contains("OpenSBI v"), "OpenSBI says hello");
      assertEquals("2", guest.command("nproc"));
      guest.type("poweroff -f");
      assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
    }
  }
}
