package hospes.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.qcow2.Qcow2Image;
import hospes.formats.snapshot.DriveReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Forked and saved drives go on each for itself, and in the end the user's file holds what its own
/// guest wrote.
final class DriveForkTest {
  private static final int SIZE = 256 << 10;

  @TempDir private Path folder;

  /// A drive and what it should hold.
  private record Twin(Drive drive, byte[] model) {
    void write(Random random) throws IOException {
      for (int i = 0; i < 8; i++) {
        int at = random.nextInt(SIZE / 512) * 512;
        int length = Math.min(random.nextInt(1, 60) * 512, SIZE - at);
        byte[] bytes = new byte[length];
        if (random.nextInt(3) == 0) {
          drive.discard(at, length);
        } else {
          random.nextBytes(bytes);
          drive.write(at, bytes, 0, length);
        }
        System.arraycopy(bytes, 0, model, at, length);
      }
    }

    void check() throws IOException {
      assertArrayEquals(model, content(drive));
    }

    Twin fork() throws BlockStoreException {
      return new Twin(drive.fork(), model.clone());
    }
  }

  private static byte[] content(Drive drive) throws IOException {
    byte[] all = new byte[(int) drive.size()];
    drive.read(0, all, 0, all.length);
    return all;
  }

  private Path disk(DriveFormat format) throws Exception {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    Path raw = Files.write(folder.resolve("disk.img"), content);
    if (format == DriveFormat.RAW) {
      return raw;
    }
    Path base = Files.move(raw, folder.resolve("base"));
    return Overlay.create(folder, "disk.img", base, DriveFormat.RAW);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("base"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Twin open(Path disk) throws Exception {
    Drive drive = Drive.open(DriveSpec.of(disk));
    return new Twin(drive, content(drive));
  }

  @ParameterizedTest
  @EnumSource
  void aFamilyOfForksWritesAndTheDiskIsOneFileAgain(DriveFormat format) throws Exception {
    Path disk = disk(format);
    Random random = new Random(2);
    Twin parent = open(disk);
    List<Twin> forks = new ArrayList<>();
    parent.write(random);
    for (int round = 0; round < 6; round++) {
      forks.add(parent.fork());
      forks.add(forks.get(random.nextInt(forks.size())).fork());
      parent.write(random);
      for (Twin fork : forks) {
        fork.write(random);
      }
    }
    parent.check();
    for (Twin fork : forks) {
      fork.check();
    }
    parent.drive().close();
    try (Drive again = Drive.open(DriveSpec.of(disk))) {
      assertArrayEquals(parent.model(), content(again), "while forks live");
    }
    for (Twin fork : forks) {
      fork.check();
      fork.drive().close();
    }
    assertEquals(Set.of("disk.img"), files());
    try (Drive again = Drive.open(DriveSpec.of(disk))) {
      assertEquals(format, again.format());
      assertArrayEquals(parent.model(), content(again));
    }
  }

  @Test
  void forksOfTheSameMomentShareALayer() throws Exception {
    Twin parent = open(disk(DriveFormat.RAW));
    List<Twin> forks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      forks.add(parent.fork());
    }
    assertEquals(1, files().stream().filter(name -> name.contains(".layer-")).count());
    forks.add(forks.getFirst().fork());
    assertEquals(1, files().stream().filter(name -> name.contains(".layer-")).count());
    for (Twin fork : forks) {
      fork.drive().close();
    }
    parent.drive().close();
    assertEquals(Set.of("disk.img"), files());
  }

  @Test
  void aKeptForkIsADriveOfItsOwn() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    Random random = new Random(3);
    Twin parent = open(disk);
    Twin fork = parent.fork();
    fork.write(random);
    fork.drive().keep();
    parent.write(random);
    parent.drive().close();
    fork.drive().close();
    assertEquals(Set.of("disk.img", "disk.img.layer-1", "disk.img.fork-1.qcow2"), files());
    Twin started = open(folder.resolve("disk.img.fork-1.qcow2"));
    assertArrayEquals(fork.model(), started.model());
    started.write(random);
    started.drive().close();
    assertTrue(started.drive().ownFile().isEmpty(), "it is the user's now");
    LayerJoin.removeFork(folder.resolve("disk.img.fork-1.qcow2"));
    assertEquals(Set.of("disk.img"), files());
    assertArrayEquals(parent.model(), Files.readAllBytes(disk));
  }

  @Test
  void writesThatAreThrownAwayAreForkedToo() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    byte[] before = Files.readAllBytes(disk);
    Random random = new Random(4);
    Drive drive = Drive.open(DriveSpec.of(disk).throwingWritesAway());
    Twin parent = new Twin(drive, before.clone());
    parent.write(random);
    Twin first = parent.fork();
    parent.write(random);
    first.write(random);
    Twin second = first.fork();
    second.write(random);
    parent.drive().close();
    for (Twin fork : List.of(first, second)) {
      fork.check();
      fork.drive().close();
    }
    assertEquals(Set.of("disk.img"), files());
    assertArrayEquals(before, Files.readAllBytes(disk));
  }

  @Test
  void readOnlyDrivesAreForkedWithoutAnyFile() throws Exception {
    Path disk = disk(DriveFormat.QCOW2);
    try (Drive one = Drive.open(DriveSpec.of(disk).readOnly());
        Drive two = one.fork()) {
      assertArrayEquals(content(one), content(two));
      assertTrue(two.isReadOnly());
    }
    assertEquals(Set.of("disk.img"), files());
    Drive.open(DriveSpec.of(disk)).close();
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotIsRestoredWhateverIsWrittenLater(DriveFormat format) throws Exception {
    Path disk = disk(format);
    Random random = new Random(5);
    Twin guest = open(disk);
    guest.write(random);
    DriveReference saved = guest.drive().save();
    byte[] then = guest.model().clone();
    guest.write(random);
    DriveReference later = guest.drive().save();
    assertEquals(later.path(), folder.resolve("disk.img.snapshot-2").toString());
    guest.drive().close();
    for (int i = 0; i < 2; i++) {
      Twin restored = new Twin(Drive.restore(DriveSpec.of(disk), saved), then.clone());
      restored.check();
      restored.write(random);
      restored.check();
      restored.drive().close();
    }
    try (Drive again = Drive.open(DriveSpec.of(disk))) {
      assertArrayEquals(guest.model(), content(again));
    }
    // The snapshots are not needed any more.
    Files.delete(Path.of(saved.path()));
    assertTrue(files().contains("disk.img.layer-1"));
    Files.delete(Path.of(later.path()));
    Drive.open(DriveSpec.of(disk)).close();
    assertEquals(Set.of("disk.img"), files());
    try (Drive again = Drive.open(DriveSpec.of(disk))) {
      assertEquals(format, again.format());
      assertArrayEquals(guest.model(), content(again));
    }
  }

  @Test
  void aRestoredGuestsDiskStaysUsableWithoutTheSnapshot() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    Twin guest = open(disk);
    DriveReference saved = guest.drive().save();
    guest.drive().close();
    Twin restored = new Twin(Drive.restore(DriveSpec.of(disk), saved), guest.model().clone());
    Files.delete(Path.of(saved.path()));
    restored.write(new Random(6));
    restored.drive().keep();
    restored.drive().close();
    Drive.open(DriveSpec.of(disk)).close();
    try (Drive again = Drive.open(DriveSpec.of(restored.drive().file()))) {
      assertArrayEquals(restored.model(), content(again));
    }
  }

  @Test
  void aLayerThatWasWrittenAgainstAllRulesIsNoticed() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    Twin guest = open(disk);
    DriveReference saved = guest.drive().save();
    guest.drive().close();
    Path layer = Path.of(saved.path());
    FileTime time = Files.getLastModifiedTime(layer);
    byte[] content = Files.readAllBytes(layer);
    Files.write(layer, content);
    BlockStoreException written =
        assertThrows(BlockStoreException.class, () -> Drive.restore(DriveSpec.of(disk), saved));
    assertTrue(String.valueOf(written.getMessage()).contains("was written since"));
    Files.write(layer, Arrays.copyOf(content, SIZE + 512));
    Files.setLastModifiedTime(layer, time);
    assertThrows(BlockStoreException.class, () -> Drive.restore(DriveSpec.of(disk), saved));
    Files.write(layer, content);
    Files.setLastModifiedTime(layer, time);
    Drive.restore(DriveSpec.of(disk), saved).close();
    Files.delete(layer);
    assertThrows(BlockStoreException.class, () -> Drive.restore(DriveSpec.of(disk), saved));
  }

  @Test
  void whatAKilledHostLeavesIsJoinedByTheNextGuest() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    Twin guest = open(disk);
    guest.fork().drive().close();
    guest.write(new Random(7));
    guest.drive().flush();
    Path copy = Files.createDirectory(folder.resolve("killed"));
    for (String name : List.of("disk.img", "disk.img.layer-1")) {
      Files.copy(folder.resolve(name), copy.resolve(name));
    }
    Files.write(copy.resolve("disk.img.hospes-new-1"), new byte[10]);
    Files.createLink(copy.resolve("disk.img.layer-2"), copy.resolve("disk.img"));
    guest.drive().close();
    // Also where the user says what the disk was, or its name does.
    for (DriveSpec spec :
        List.of(
            DriveSpec.of(copy.resolve("disk.img")).readOnly(),
            DriveSpec.of(copy.resolve("disk.img")).withFormat(DriveFormat.RAW).readOnly(),
            DriveSpec.of(copy.resolve("disk.img")).withFormat(DriveFormat.RAW))) {
      try (Drive drive = Drive.open(spec)) {
        assertArrayEquals(guest.model(), content(drive));
      }
    }
    assertArrayEquals(guest.model(), Files.readAllBytes(copy.resolve("disk.img")));
    assertEquals(1, copy.toFile().list().length);
  }

  @Test
  void aForkedRawDiskDoesNotBecomeAnImageEither() throws Exception {
    byte[] magic = ByteBuffer.allocate(512).putInt(0x514649fb).array();
    assertTrue(Qcow2Image.isImage(magic));
    Path disk = disk(DriveFormat.RAW);
    Twin guest = open(disk);
    Twin fork = guest.fork();
    assertThrows(IOException.class, () -> guest.drive().write(0, magic, 0, 512));
    assertThrows(IOException.class, () -> fork.drive().write(0, magic, 0, 512));
    fork.drive().close();
    guest.drive().close();
    DriveSpec raw = DriveSpec.of(disk).withFormat(DriveFormat.RAW);
    try (Drive allowed = Drive.open(raw);
        Drive twin = allowed.fork()) {
      allowed.write(0, magic, 0, 512);
      twin.write(0, magic, 0, 512);
    }
    assertEquals(Set.of("disk.img", "disk.img.layer-1"), files(), "its overlay says what it is");
    try (Drive again = Drive.open(raw)) {
      assertArrayEquals(magic, Arrays.copyOf(content(again), 512));
      again.write(0, new byte[512], 0, 512);
    }
    Drive.open(raw).close();
    assertEquals(Set.of("disk.img"), files());
  }

  @Test
  void aDiskThatCannotBeForkedGoesOn() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    Twin guest = open(disk);
    List<Twin> forks = new ArrayList<>();
    Random random = new Random(8);
    BlockStoreException tooMany =
        assertThrows(
            BlockStoreException.class,
            () -> {
              while (true) {
                guest.write(random);
                forks.add(guest.fork());
              }
            });
    assertTrue(String.valueOf(tooMany.getMessage()).contains("31 layers"), tooMany.getMessage());
    guest.write(random);
    guest.check();
    for (Twin fork : forks) {
      fork.drive().close();
    }
    guest.drive().close();
    assertEquals(Set.of("disk.img"), files());
    assertArrayEquals(guest.model(), Files.readAllBytes(disk));
  }

  @Test
  void aLinkToADiskIsFollowed() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    Path link = Files.createDirectory(folder.resolve("links")).resolve("link");
    Files.createSymbolicLink(link, disk);
    Twin guest = open(link);
    Twin fork = guest.fork();
    guest.write(new Random(9));
    guest.drive().close();
    fork.drive().close();
    assertEquals(Set.of("disk.img", "links"), files());
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(guest.model(), Files.readAllBytes(disk));
  }

  @Test
  void theDiskKeepsItsPermissionsWhileItIsForked() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    var permissions = java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(disk, permissions);
    Twin guest = open(disk);
    Twin fork = guest.fork();
    assertEquals(permissions, Files.getPosixFilePermissions(disk));
    fork.drive().close();
    guest.drive().close();
    assertEquals(permissions, Files.getPosixFilePermissions(disk));
  }

  @Test
  void filesOfOthersAreLeftAlone() throws Exception {
    Path disk = disk(DriveFormat.RAW);
    List<String> others =
        List.of("disk.img.layer-1", "disk.img.fork-1.qcow2", "disk.img.snapshot-1", "disk.img.bak");
    for (String other : others) {
      Files.copy(disk, folder.resolve(other), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Twin guest = open(disk);
    Twin fork = guest.fork();
    assertEquals(Optional.of(folder.resolve("disk.img.fork-2.qcow2")), fork.drive().ownFile());
    guest.write(new Random(10));
    fork.drive().close();
    guest.drive().close();
    Set<String> expected = new TreeSet<>(others);
    expected.add("disk.img");
    assertEquals(expected, files());
    assertFalse(Arrays.equals(guest.model(), Files.readAllBytes(folder.resolve("disk.img.bak"))));
  }
}
