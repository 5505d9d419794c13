package hospes.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.qcow2.BackingFile;
import hospes.formats.qcow2.NewImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drives are what their files say, unless that would be dangerous; overlays leave their base
/// alone.
final class DriveTest {
  private static final byte[] QCOW2 = {'Q', 'F', 'I', (byte) 0xfb};

  @TempDir private Path folder;

  private Path raw(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(folder.resolve(name), content);
  }

  private Path qcow2(String name, Optional<BackingFile> backing) throws Exception {
    Path file = Files.createFile(folder.resolve(name));
    try (LockedFile open =
        LockedFile.open(file, DriveAccess.READ_WRITE, LockedFile.Durability.NONE)) {
      new NewImage(1 << 20, 3, NewImage.CLUSTER_BITS, backing).writeTo(open);
    }
    return file;
  }

  private static byte[] content(Drive drive) throws IOException {
    byte[] all = new byte[(int) drive.size()];
    drive.read(0, all, 0, all.length);
    return all;
  }

  private static void refused(DriveSpec spec, String reason) {
    BlockStoreException refused =
        assertThrows(BlockStoreException.class, () -> Drive.open(spec).close());
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
  }

  @Test
  void theContentTellsWhatAFileIs() throws Exception {
    try (Drive disk = Drive.open(DriveSpec.of(qcow2("disk.img", Optional.empty())))) {
      assertEquals(DriveFormat.QCOW2, disk.format());
      assertEquals(1 << 20, disk.size());
    }
    try (Drive disk = Drive.open(DriveSpec.of(raw("other.qcow2", 4096)))) {
      assertEquals(DriveFormat.RAW, disk.format());
    }
  }

  @Test
  void aFileNamedRawIsNotTakenForAnImage() throws Exception {
    Path file = qcow2("disk.raw", Optional.empty());
    refused(DriveSpec.of(file), "say which it is");
    try (Drive disk = Drive.open(DriveSpec.of(file).withFormat(DriveFormat.RAW))) {
      assertEquals(Files.size(file), disk.size());
    }
  }

  @Test
  void aGuestMayNotTurnItsRawDiskIntoAnImage() throws Exception {
    Path file = raw("disk.img", 4096);
    byte[] before = Files.readAllBytes(file);
    try (Drive disk = Drive.open(DriveSpec.of(file))) {
      assertThrows(IOException.class, () -> disk.write(0, QCOW2, 0, 4));
      disk.write(0, QCOW2, 0, 3);
      assertThrows(IOException.class, () -> disk.write(3, QCOW2, 3, 1));
      assertInstanceOf(ImageHeaderException.class, disk.firstFailure().orElseThrow());
      disk.write(0, before, 0, 512);
    }
    try (Drive disk = Drive.open(DriveSpec.of(file).withFormat(DriveFormat.RAW))) {
      disk.write(0, QCOW2, 0, 4);
    }
  }

  @Test
  void aSnapshotDriveLeavesItsFileAloneAndManyMayHaveIt() throws Exception {
    Path file = raw("disk.img", 3 * 512);
    byte[] before = Files.readAllBytes(file);
    DriveSpec spec = DriveSpec.of(file).throwingWritesAway();
    try (Drive one = Drive.open(spec);
        Drive two = Drive.open(spec)) {
      one.write(512, new byte[512], 0, 512);
      one.flush();
      assertArrayEquals(before, content(two));
      assertArrayEquals(new byte[512], java.util.Arrays.copyOfRange(content(one), 512, 1024));
      refused(DriveSpec.of(file), "in use");
    }
    assertArrayEquals(before, Files.readAllBytes(file));
    Drive.open(DriveSpec.of(file)).close();
  }

  @Test
  void overlaysOfOverlaysAreFoundInTheirFolder() throws Exception {
    Path file = raw("base.img", 1 << 20);
    byte[] model = Files.readAllBytes(file);
    Path lower = Overlay.create(folder, "lower", file, DriveFormat.RAW);
    byte[] sector = new byte[512];
    java.util.Arrays.fill(sector, (byte) 7);
    try (Drive disk = Drive.open(DriveSpec.of(lower))) {
      disk.write(100 * 512, sector, 0, 512);
      System.arraycopy(sector, 0, model, 100 * 512, 512);
    }
    Overlay.create(folder, "upper", lower, DriveFormat.QCOW2);
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    Files.move(folder, moved);
    try (Drive disk = Drive.open(DriveSpec.of(moved.resolve("upper")))) {
      assertArrayEquals(model, content(disk));
    } finally {
      Files.move(moved, folder);
    }
  }

  @Test
  void backingFilesThatCannotBeAreRefused() throws Exception {
    Optional<String> format = Optional.of("qcow2");
    refused(
        DriveSpec.of(qcow2("self", Optional.of(new BackingFile("self", format)))),
        "its own backing file");
    qcow2("one", Optional.of(new BackingFile("two", format)));
    refused(
        DriveSpec.of(qcow2("two", Optional.of(new BackingFile("one", format)))),
        "its own backing file");
    refused(
        DriveSpec.of(qcow2("net", Optional.of(new BackingFile("nbd://host/x", format)))),
        "no file of this computer");
    refused(
        DriveSpec.of(qcow2("gone", Optional.of(new BackingFile("nowhere", format)))),
        "does not exist");
    refused(
        DriveSpec.of(qcow2("odd", Optional.of(new BackingFile("one", Optional.of("vmdk"))))),
        "raw and qcow2");
    String behind = "depth0";
    raw(behind, 512);
    for (int i = 1; i <= 40; i++) {
      String kind = i == 1 ? "raw" : "qcow2";
      qcow2("depth" + i, Optional.of(new BackingFile(behind, Optional.of(kind))));
      behind = "depth" + i;
    }
    refused(DriveSpec.of(folder.resolve("depth40")), "more than 32");
    Drive.open(DriveSpec.of(folder.resolve("depth31"))).close();
  }

  @Test
  void aRefusedDriveIsNotLeftLocked() throws Exception {
    Path file = qcow2("damaged", Optional.empty());
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(20);
      bytes.writeInt(99);
    }
    refused(DriveSpec.of(file), "damaged");
    refused(DriveSpec.of(file), "damaged");
    refused(DriveSpec.of(raw("odd", 700)), "not a multiple of 512");
    refused(DriveSpec.of(folder), "is a directory");
    refused(DriveSpec.of(folder.resolve("none")), "does not exist");
  }
}
