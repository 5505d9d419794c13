package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.Tier;
import hospes.guests.Identity;
import hospes.machine.BlockStore;
import hospes.machine.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian sees every drive of a board that has more of them than QEMU's board has slots.
final class ManyDrivesTest {
  private static final int DRIVES = 20;
  private static final int BYTES = 64 << 10;

  /// What each drive says of itself, in the order of the slots: `0 1 2 …`.
  private static final String READ =
      """
      for i in $(seq 0 %d); do \
      d=$(grep -l ^hospes-drive-$i$ /sys/block/vd*/serial | cut -d / -f 4); \
      dd if=/dev/$d bs=512 count=1 2>/dev/null | head -n 1 | tr '\\n' ' '; \
      done"""
          .formatted(DRIVES - 1);

  private static final String WRITE =
      "for d in /dev/vd?; do echo %s | dd of=$d bs=512 seek=9 conv=sync,fsync 2>/dev/null; done";

  @TempDir private Path directory;
  private final List<FileDisk> open = new ArrayList<>();

  @AfterEach
  void closeDrives() throws IOException {
    for (FileDisk disk : open) {
      disk.close();
    }
  }

  private static String file(String guest, int drive) {
    return guest + "-" + drive;
  }

  private List<BlockStore> drives(String guest) throws IOException {
    List<BlockStore> drives = new ArrayList<>();
    for (int i = 0; i < DRIVES; i++) {
      FileDisk disk = new FileDisk(directory.resolve(file(guest, i)));
      open.add(disk);
      drives.add(disk);
    }
    return drives;
  }

  private List<BlockStore> copies(String guest) throws IOException {
    for (int i = 0; i < DRIVES; i++) {
      Files.copy(directory.resolve(file("parent", i)), directory.resolve(file(guest, i)));
    }
    return drives(guest);
  }

  private void checkWritten(String guest) throws IOException {
    for (int i = 0; i < DRIVES; i++) {
      String content = Files.readString(directory.resolve(file(guest, i)));
      assertTrue(content.startsWith(i + "\n"), guest);
      assertEquals(guest, content.substring(9 * 512, 10 * 512).replace("\0", "").strip());
    }
  }

  @Test
  void debianSeesAllAndForksAndSnapshotsHaveAll() throws IOException {
    for (int i = 0; i < DRIVES; i++) {
      byte[] content = new byte[BYTES];
      byte[] text = (i + "\n").getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, content, 0, text.length);
      Files.write(directory.resolve(file("parent", i)), content);
    }
    String all =
        IntStream.range(0, DRIVES).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    Guests.Order order = Guests.debian(Tier.AUTO).drives(drives("parent"));
    try (GuestSession parent = new GuestSession(order)) {
      parent.awaitShell();
      assertEquals(all, parent.command(READ));
      Snapshot snapshot = new Snapshot();
      parent.machine.save(snapshot::add);
      String state = Snapshot.hash(parent.machine);
      try (GuestSession fork =
              parent.fork(copies("fork"), Tier.AUTO.engine(), new Identity.Same());
          GuestSession restored =
              GuestSession.restored(order.drives(copies("restored")), snapshot)) {
        assertEquals(state, Snapshot.hash(fork.machine));
        assertEquals(state, Snapshot.hash(restored.machine));
        for (GuestSession guest : List.of(fork, restored)) {
          assertEquals(all, guest.command(READ));
        }
        assertEquals(Snapshot.hash(fork.machine), Snapshot.hash(restored.machine));
        fork.command(WRITE.formatted("fork"));
        restored.command(WRITE.formatted("restored"));
        parent.command(WRITE.formatted("parent"));
      }
    }
    checkWritten("fork");
    checkWritten("restored");
    checkWritten("parent");
  }

  /// `dtc` knows how nodes, addresses and interrupts must look.
  @Test
  void theDeviceTreeIsOneThatDtcAccepts() throws IOException {
    for (int i = 0; i < DRIVES; i++) {
      Files.write(directory.resolve(file("parent", i)), new byte[BYTES]);
    }
    for (List<BlockStore> drives : List.of(List.<BlockStore>of(), drives("parent"))) {
      byte[] tree = Guests.debian(Tier.AUTO).drives(drives).deviceTree();
      Path file = Files.write(directory.resolve("tree.dtb"), tree);
      // A hart's own controller has no `#address-cells` in its binding.
      String said =
          HostTools.run(
              directory,
              "dtc",
              "-W",
              "no-interrupt_provider",
              "-I",
              "dtb",
              "-O",
              "null",
              file.toString());
      assertEquals("", said, "warnings of dtc");
    }
  }
}
