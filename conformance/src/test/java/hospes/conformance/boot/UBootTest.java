package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OpenSBI starts U-Boot, which finds the kernel on a virtio disk and boots it.
@EveryTier(slow = {Tier.TRANSLATOR, Tier.EAGER, Tier.DELAYED})
final class UBootTest {
  private static final long TO_THE_PROMPT = 2_000_000_000L;

  @TempDir Path directory;

  private final Tier tier;

  UBootTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void reachesItsPromptAndBootsTheKernelFromADisk() throws IOException {
    Path content = Files.createDirectory(directory.resolve("content"));
    Files.copy(Guests.kernelFile(), content.resolve("kernel"));
    Files.copy(Guests.initrdFile(), content.resolve("initrd"));
    Path extlinux = Files.createDirectory(content.resolve("extlinux"));
    Files.writeString(
        extlinux.resolve("extlinux.conf"),
        """
        default debian
        label debian
          kernel /kernel
          initrd /initrd
          append %s
        """
            .formatted(Guests.COMMAND_LINE));
    Path disk = directory.resolve("disk.img");
    HostTools.run(
        directory,
        "/sbin/mke2fs",
        "-q",
        "-t",
        "ext4",
        "-d",
        content.toString(),
        disk.toString(),
        "96M");
    try (FileDisk store = new FileDisk(disk);
        GuestSession guest =
            new GuestSession(
                Guests.debian(tier)
                    .firmware("fw_dynamic.bin")
                    .kernel(Guests.read(Guests.U_BOOT))
                    .drives(List.of(store)))) {
      guest.await("Hit any key", TO_THE_PROMPT);
      guest.type("");
      guest.await("=> ", TO_THE_PROMPT);
      guest.type("virtio info");
      guest.await("Device 0", TO_THE_PROMPT);
      guest.await("=> ", TO_THE_PROMPT);
      guest.type("sysboot virtio 0:0 any ${scriptaddr} /extlinux/extlinux.conf");
      guest.await("Retrieving file: /kernel", TO_THE_PROMPT);
      guest.awaitShell();
      assertTrue(guest.printed().contains("U-Boot 20"), "U-Boot says hello");
      assertEquals("riscv64", guest.command("uname -m"));
      guest.type("poweroff -f");
      assertEquals(new StopReason.PoweredOff(0), guest.awaitEnd());
    }
  }
}
