package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.SnapshotFormatException.Problem;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.host.HostException;
import hospes.host.guest.Outcome.Ending;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.machine.Snapshot;
import hospes.virt.Virt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    return Virt.hello().memory("16M");
  }

  private static Treatment named(String name) {
    return Treatment.of(GuestName.derived(name)).engine(EngineSettings.interpreter());
  }

  private Guest start(Virt virt) {
    return host.start(virt.plan(), named("hello"));
  }

  private Guest started() throws InterruptedException {
    Guest guest = start(hello());
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
    Guest same = guest.fork(1, IdentityChoice.SAME).getFirst();
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

  @Test
  void aSnapshotIsRestoredAsAnotherMachineWhereThatIsWanted() throws InterruptedException {
    Path file = folder.resolve("hello.snapshot");
    Guest guest = started();
    guest.pause();
    guest.snapshot(file);
    RestoreOptions fresh = RestoreOptions.defaults().paused().fresh();
    Guest one = host.restore(file, fresh);
    Guest other = host.restore(file, fresh);
    assertNotEquals(guest.look(Snapshot::hash), one.look(Snapshot::hash));
    assertNotEquals(one.look(Snapshot::hash), other.look(Snapshot::hash));
    one.resume();
    powerOff(one);
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
        Guest next = heir.fork(1, IdentityChoice.SAME).getFirst();
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
    Guest guest = host.create(hello().plan(), named("hello").clock(ClockMode.VIRTUAL));
    guest.console().send("fib 60\rsleep 20\rtime\r".repeat(500) + "poweroff\r");
    return guest;
  }

  /// A change in what is read at once is refused; one in a page, or in what it boots, is noticed
  /// when it is needed.
  @Test
  void badSnapshotsNeverRunOnSilently() throws IOException, InterruptedException {
    Path file = folder.resolve("hello.snapshot");
    Guest guest = started();
    guest.pause();
    guest.snapshot(file);
    String hash = guest.look(Snapshot::hash);
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 9, 50, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertEquals(Optional.of(Problem.TRUNCATED), problem(file), "length " + length);
    }
    int refused = 0;
    int changes = 200;
    for (int i = 0; i < changes; i++) {
      byte[] bad = good.clone();
      bad[i * (good.length / changes)] ^= 0x10;
      Files.write(file, bad);
      try (Guest restored = host.restore(file, RestoreOptions.defaults().paused())) {
        HostException lost =
            assertThrows(
                HostException.class,
                () -> {
                  restored.look(Snapshot::hash);
                  restored.reset(); // needs what it boots, and nothing did before
                },
                "change " + i);
        assertTrue(String.valueOf(lost.getMessage()).contains("checksum"), lost.getMessage());
      } catch (HostException expected) {
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < changes, "refused " + refused);
    Files.write(file, good);
    assertEquals(hash, host.restore(file, RestoreOptions.defaults().paused()).look(Snapshot::hash));
  }

  private Optional<Problem> problem(Path file) {
    HostException refused = assertThrows(HostException.class, () -> host.restore(file));
    SnapshotFileException cause =
        assertInstanceOf(SnapshotFileException.class, refused.getCause(), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).isBlank());
    return cause.problem();
  }

  @Test
  void whatIsNoSnapshotOfThisMachineIsToldApart() throws Exception {
    Path file = folder.resolve("s");
    assertEquals(Optional.empty(), problem(file));
    Files.writeString(file, "This is a text of more than sixteen bytes.");
    assertEquals(Optional.of(Problem.NO_SNAPSHOT), problem(file));
    Guest guest = started();
    assertThrows(HostException.class, () -> guest.snapshot(folder.resolve("no/such/folder/file")));
    guest.snapshot(file);
    byte[] newer = Files.readAllBytes(file);
    newer[8]++;
    Files.write(file, newer);
    assertEquals(Optional.of(Problem.NEWER_VERSION), problem(file));
    guest.snapshot(file);
    Snapshot records;
    try (SnapshotFile good = SnapshotFile.open(file)) {
      records = good.records();
    }
    for (SnapshotHeader other :
        List.of(
            new SnapshotHeader("pc", "", 16 << 20, 1, "w"),
            new SnapshotHeader("virt", "", 32 << 20, 1, "w"),
            new SnapshotHeader("virt", "", 16 << 20, 2, "w"))) {
      SnapshotFile.save(file, other, records.records(), List.of(), new NoPages(), Compression.NONE);
      assertEquals(Optional.of(Problem.OTHER_MACHINE), problem(file), other.toString());
    }
    assertEquals(List.of(guest), host.guests());
  }

  @Test
  void aDamagedPageEndsTheGuestThatNeedsItAndSaysWhy() throws Exception {
    Path file = folder.resolve("s");
    Guest guest = started();
    guest.pause();
    guest.snapshot(file);
    byte[] bad = Files.readAllBytes(file);
    int memoryEnds =
        (int) ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).getLong(bad.length - 40);
    // All of memory, up to where a change is noticed before the guest runs.
    for (int at = memoryEnds - 1; isRestoredWith(file, bad, at); at -= 50) {
      bad[at] ^= 1;
    }
    Files.write(file, bad);
    Guest restored = host.restore(file);
    restored.console().send("fib 20\rpoweroff\r");
    Ending.MemoryLost ending = assertInstanceOf(Ending.MemoryLost.class, restored.await().ending());
    assertTrue(ending.why().contains("does not match its checksum"), ending.why());
  }

  private boolean isRestoredWith(Path file, byte[] content, int changed) throws IOException {
    byte[] bad = content.clone();
    bad[changed] ^= 1;
    Files.write(file, bad);
    try (Guest restored = host.restore(file, RestoreOptions.defaults().paused())) {
      return restored.state() == GuestState.PAUSED;
    } catch (HostException refused) {
      return false;
    }
  }

  /// The guest's memory is read while it runs, from a file that others may replace meanwhile.
  @Test
  void aGuestRunsOnFromAFileThatIsReplacedOrGone() throws Exception {
    Path file = folder.resolve("s");
    Guest guest = started();
    guest.pause();
    guest.snapshot(file);
    String hash = guest.look(Snapshot::hash);
    Guest restored = host.restore(file, RestoreOptions.defaults().paused());
    guest.resume();
    guest.console().send("fib 20\r");
    guest.console().expect("hello> ");
    guest.snapshot(file);
    Files.delete(file);
    assertEquals(hash, restored.look(Snapshot::hash));
    restored.resume();
    powerOff(restored);
  }

  @Test
  void aReadOnlyDriveMustBeAsItWasWhenTheSnapshotWasTaken() throws Exception {
    Path file = folder.resolve("s");
    Path disk = Files.write(folder.resolve("disk"), new byte[512]);
    try (Guest reader = start(hello().drive(disk.toString(), "readonly"))) {
      reader.snapshot(file);
    }
    host.restore(file, RestoreOptions.defaults().paused()).close();
    Files.setLastModifiedTime(disk, FileTime.fromMillis(0));
    HostException changed = assertThrows(HostException.class, () -> host.restore(file));
    assertTrue(changed.getMessage().contains("was written since"), changed.getMessage());
  }

  @Test
  void aGuestWithADriveIsForkedSavedAndRestored() throws Exception {
    Path file = folder.resolve("s");
    Path disk = Files.write(folder.resolve("disk"), new byte[1 << 16]);
    Guest writer = host.start(hello().drive(disk.toString()).plan(), named("writer"));
    Guest fork = writer.fork();
    assertEquals(List.of(folder.resolve("disk.fork-1.qcow2")), fork.ownDrives());
    assertEquals(List.of(), writer.ownDrives());
    writer.snapshot(file);
    Guest restored = host.restore(file, RestoreOptions.defaults().paused());
    Path own = restored.ownDrives().getFirst();
    assertEquals(List.of(own.toString()), restored.description().drives());
    restored.keepDrives();
    for (Guest guest : List.of(fork, restored, writer)) {
      guest.close();
    }
    assertTrue(Files.exists(own));
    assertFalse(Files.exists(folder.resolve("disk.fork-1.qcow2")));
    Guest thrown = start(hello().drive(disk.toString(), "snapshot"));
    thrown.fork().close();
    HostException lost = assertThrows(HostException.class, () -> thrown.snapshot(file));
    assertTrue(lost.getMessage().contains("thrown away"), lost.getMessage());
  }

  @Test
  void aGuestWithManyDrivesIsForkedSavedAndRestored() throws Exception {
    Virt virt = hello();
    for (int i = 0; i < 70; i++) {
      String disk = Files.write(folder.resolve("disk" + i), new byte[4096]).toString();
      virt = i % 6 == 5 ? virt.drive(disk) : virt.drive(disk, "readonly");
    }
    Guest many = host.start(virt.plan(), named("many"));
    Guest fork = many.fork();
    assertEquals(11, fork.ownDrives().size());
    Path file = folder.resolve("s");
    many.snapshot(file);
    Guest restored = host.restore(file, RestoreOptions.defaults().paused());
    assertEquals(70, restored.description().drives().size());
    assertEquals(many.description().drives().get(69), restored.description().drives().get(69));
    assertEquals(11, restored.ownDrives().size());
  }

  @Test
  void aSnapshotThatCannotBeWrittenFreezesNothingForGood() throws Exception {
    Path disk = Files.write(folder.resolve("disk"), new byte[1 << 16]);
    try (Guest writer = start(hello().drive(disk.toString()))) {
      assertThrows(
          HostException.class, () -> writer.snapshot(folder.resolve("nowhere").resolve("s")));
    }
    assertEquals(List.of("disk"), List.of(String.valueOf(folder.toFile().list()[0])));
    assertEquals(1 << 16, Files.size(disk));
  }

  @Test
  void whatCannotBeBuiltIsExplained() {
    assertThrows(HostException.class, () -> start(hello().harts(9)));
    assertThrows(HostException.class, () -> FileContent.of(folder.resolve("none"), "kernel"));
    assertThrows(IllegalArgumentException.class, () -> hello().memory("much"));
    assertThrows(
        HostException.class,
        () -> start(hello().drive(folder.resolve("none").toString(), "readonly")));
    assertEquals(List.of(), host.guests());
  }
}
