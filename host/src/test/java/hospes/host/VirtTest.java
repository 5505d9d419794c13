package hospes.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.host.Outcome.Ending;
import hospes.machine.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real board under the host, with the tiny kernel that is part of Hospes.
@Timeout(120)
class VirtTest {
  @TempDir private Path folder;

  private final Host host = Host.open(new HostSettings(2));

  @AfterEach
  void closeHost() {
    host.close();
  }

  private static Virt hello() {
    return Virt.hello().memory("16M").engine(EngineSettings.interpreter());
  }

  private Guest started() throws InterruptedException {
    Guest guest = host.start(hello());
    guest.console().expect("hello> ");
    return guest;
  }

  private static void powerOff(Guest guest) throws InterruptedException {
    guest.console().send("poweroff\r");
    assertEquals(new Ending.PoweredOff(0), guest.await().ending(), guest.console().text());
  }

  @Test
  void aForkAnswersForItself() throws InterruptedException {
    Guest guest = started();
    List<Guest> all = new ArrayList<>(guest.fork(3));
    for (Guest fork : all) {
      powerOff(fork);
    }
    assertEquals(GuestState.RUNNING, guest.state());
    powerOff(guest);
  }

  @Test
  void forksDifferInEntropyUnlessTheyAreToBeTheSame() throws InterruptedException {
    Guest guest = started();
    guest.pause();
    Guest own = guest.fork();
    Guest same = guest.fork(1, ForkIdentity.SAME_ENTROPY).getFirst();
    assertNotEquals(guest.look(Snapshot::hash), own.look(Snapshot::hash));
    assertEquals(guest.look(Snapshot::hash), same.look(Snapshot::hash));
  }

  @Test
  void aSnapshotIsRestoredByAnotherHost() throws InterruptedException {
    Path file = folder.resolve("hello.snapshot");
    Guest guest = started();
    guest.pause();
    guest.snapshot(file);
    String hash = guest.look(Snapshot::hash);
    guest.resume();
    powerOff(guest);
    try (Host other = Host.open(new HostSettings(1))) {
      Guest restored = other.restore(file, RestoreOptions.defaults().paused());
      assertEquals("hello", restored.name());
      assertEquals(hash, restored.look(Snapshot::hash));
      restored.resume();
      powerOff(restored);
      Guest again = other.restore(file, RestoreOptions.defaults().named("again"));
      again.reset(); // boots from what the snapshot brought along
      again.console().expect("hello> ");
      powerOff(again);
    }
  }

  /// However often a run is paused, forked and saved, it is the run that would have been.
  @Test
  void aRepeatableRunIsTheSameHoweverItIsHandled() throws InterruptedException {
    Guest undisturbed = typedBeforeItStarts();
    undisturbed.start();
    assertEquals(new Ending.PoweredOff(0), undisturbed.await().ending());
    String hash = undisturbed.look(Snapshot::hash);

    Guest heir = typedBeforeItStarts();
    heir.start();
    int disturbances = 0;
    try {
      while (disturbances < 50) {
        heir.pause();
        heir.snapshot(folder.resolve("snapshot"));
        Guest next = heir.fork(1, ForkIdentity.SAME_ENTROPY).getFirst();
        heir.resume();
        next.resume();
        heir = next;
        disturbances++;
      }
    } catch (GuestStateException over) {
      assertEquals(GuestState.STOPPED, over.state());
    }
    assertTrue(disturbances > 0, "too late");
    host.restore(folder.resolve("snapshot"));
    for (Guest guest : host.guests()) {
      assertEquals(new Ending.PoweredOff(0), guest.await().ending());
      assertEquals(hash, guest.look(Snapshot::hash), guest.name());
    }
  }

  private Guest typedBeforeItStarts() throws InterruptedException {
    Guest guest = host.create(hello().clock(ClockMode.VIRTUAL));
    guest.console().send("fib 60\rsleep 20\rtime\r".repeat(500) + "poweroff\r");
    return guest;
  }

  @Test
  void badSnapshotsAreRefused() throws IOException, InterruptedException {
    Path file = folder.resolve("hello.snapshot");
    Guest guest = started();
    guest.snapshot(file);
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 9, 50, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThrows(HostException.class, () -> host.restore(file), "length " + length);
    }
    for (int i = 0; i < 200; i++) {
      byte[] bad = good.clone();
      bad[i * (good.length / 200)] ^= 0x10;
      Files.write(file, bad);
      assertThrows(HostException.class, () -> host.restore(file), "change " + i);
    }
    assertThrows(HostException.class, () -> host.restore(folder.resolve("none")));
    assertThrows(HostException.class, () -> guest.snapshot(folder.resolve("no/such/folder/file")));
    assertEquals(List.of(guest), host.guests());
  }

  @Test
  void readOnlyDrivesAreSharedAndWritableOnesForbidAFork()
      throws IOException, InterruptedException {
    Path disk = Files.write(folder.resolve("disk"), new byte[512]);
    Guest reader = host.start(hello().name("reader").drive(DriveSpec.of(disk).readOnly()));
    Guest fork = reader.fork();
    reader.close();
    fork.close();
    Guest writer = host.start(hello().name("writer").drive(disk));
    HostException refused = assertThrows(HostException.class, writer::fork);
    assertTrue(refused.getMessage().contains("readonly"), refused.getMessage());
  }

  @Test
  void whatCannotBeBuiltIsExplained() {
    assertThrows(HostException.class, () -> host.start(hello().harts(9)));
    assertThrows(HostException.class, () -> Virt.linux(folder.resolve("none")));
    assertThrows(IllegalArgumentException.class, () -> hello().memory("much"));
    assertThrows(
        HostException.class,
        () -> host.start(hello().drive(DriveSpec.of(folder.resolve("none")).readOnly())));
    assertEquals(List.of(), host.guests());
  }
}
