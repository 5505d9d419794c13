package hospes.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A raw drive is its file, byte for byte, and what is wrong with it is told: to the guest as an
/// I/O error, to the user in words.
final class RawDriveTest {
  @TempDir private Path folder;

  private Path disk(int size) throws IOException {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) 0x5a);
    return Files.write(folder.resolve("disk.img"), content);
  }

  private static DriveSpec writable(Path file) {
    return DriveSpec.of(file).withFormat(DriveFormat.RAW);
  }

  private static void refused(DriveSpec spec, String... reasons) {
    String why =
        String.valueOf(
            assertThrows(BlockStoreException.class, () -> Drive.open(spec).close()).getMessage());
    for (String reason : reasons) {
      assertTrue(why.contains(reason), why);
    }
  }

  @Test
  void whatIsWrittenIsInTheFileAtTheSamePlace() throws Exception {
    Path file = disk(4096);
    try (Drive drive = Drive.open(writable(file))) {
      drive.write(512, new byte[] {0, 1, 2, 3}, 1, 3);
      drive.flush();
      byte[] back = new byte[5];
      drive.read(511, back, 0, 5);
      assertArrayEquals(new byte[] {0x5a, 1, 2, 3, 0x5a}, back);
      assertEquals(4096, drive.size());
      assertFalse(drive.isReadOnly());
    }
    byte[] expected = new byte[4096];
    Arrays.fill(expected, (byte) 0x5a);
    System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 512, 3);
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void discardMakesZerosOfExactlyTheRange() throws Exception {
    Path file = disk(512 * 1024);
    byte[] expected = Files.readAllBytes(file);
    Arrays.fill(expected, 1024, 1024 + 300_032, (byte) 0);
    try (Drive drive = Drive.open(writable(file))) {
      drive.discard(1024, 300_032);
      drive.discard(0, 0);
    }
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void discardingWhatIsZeroAlreadyWritesNothingSoThatSparseFilesStaySparse() throws Exception {
    Path file = Files.write(folder.resolve("zeros.img"), new byte[256 * 1024]);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, longAgo);
    try (Drive drive = Drive.open(writable(file))) {
      drive.discard(0, drive.size());
    }
    assertEquals(longAgo, Files.getLastModifiedTime(file));
  }

  @Test
  void aReadOnlyDriveRefusesWritesAndDiscards() throws Exception {
    Path file = disk(1024);
    try (Drive drive = Drive.open(DriveSpec.of(file).readOnly())) {
      assertTrue(drive.isReadOnly());
      IOException refusal =
          assertThrows(IOException.class, () -> drive.write(0, new byte[512], 0, 512));
      assertEquals("the drive is read-only", refusal.getMessage());
      assertThrows(IOException.class, () -> drive.discard(0, 512));
      drive.flush();
    }
    byte[] expected = new byte[1024];
    Arrays.fill(expected, (byte) 0x5a);
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void accessOutsideTheDiskIsAnErrorAndGrowsNothing() throws Exception {
    Path file = disk(1024);
    byte[] sector = new byte[512];
    for (DriveSpec spec : new DriveSpec[] {DriveSpec.of(file), writable(file)}) {
      try (Drive drive = Drive.open(spec)) {
        assertThrows(EOFException.class, () -> drive.write(1024, sector, 0, 512));
        assertThrows(EOFException.class, () -> drive.write(513, sector, 0, 512));
        assertThrows(EOFException.class, () -> drive.write(-1, sector, 0, 512));
        assertThrows(EOFException.class, () -> drive.read(Long.MAX_VALUE - 5, sector, 0, 512));
        assertThrows(EOFException.class, () -> drive.read(-512, sector, 0, 512));
        assertThrows(EOFException.class, () -> drive.discard(512, Long.MAX_VALUE));
        drive.read(512, sector, 0, 512);
      }
    }
    assertEquals(1024, Files.size(file));
  }

  @Test
  void aMissingDriveIsNamedWithAWayToMakeIt() {
    Path missing = folder.resolve("none.img");
    refused(DriveSpec.of(missing), "none.img does not exist", "truncate -s 1G " + missing);
    refused(DriveSpec.of(missing).readOnly(), "none.img does not exist");
    refused(DriveSpec.of(missing).throwingWritesAway(), "none.img does not exist");
    assertFalse(Files.exists(missing));
  }

  @Test
  void aSizeThatIsNoMultipleOfASectorIsRefusedWithAWayToPadIt() throws IOException {
    Path file = disk(1000);
    String reason = "1000 bytes, which is not a multiple of 512";
    String remedy = "truncate -s %512 " + file;
    refused(DriveSpec.of(file), reason, remedy);
    refused(DriveSpec.of(file).throwingWritesAway(), reason, remedy);
    assertEquals(1000, Files.size(file));
  }

  @Test
  void emptyFilesAndFoldersAreNoDrives() throws IOException {
    Path file = disk(0);
    refused(DriveSpec.of(file), "is empty", "truncate -s 1G " + file);
    refused(DriveSpec.of(file).throwingWritesAway(), "is empty");
    refused(DriveSpec.of(folder), "is a directory");
    refused(DriveSpec.of(folder).readOnly(), "is a directory");
  }

  @Test
  void aDriveInUseIsRefusedUntilItIsClosed() throws Exception {
    Path file = disk(1024);
    Path otherName = Files.createSymbolicLink(folder.resolve("link.img"), file);
    try (Drive writer = Drive.open(DriveSpec.of(file))) {
      assertEquals(1024, writer.size());
      for (Path name : new Path[] {file, otherName}) {
        assertEquals(
            new DriveProblem.InUse(name),
            assertThrows(BlockStoreException.class, () -> Drive.open(DriveSpec.of(name)).close())
                .problem());
        refused(DriveSpec.of(name).readOnly(), "in use");
        refused(DriveSpec.of(name).throwingWritesAway(), "in use");
      }
      writer.close();
      Drive.open(DriveSpec.of(file)).close();
    }
    Drive.open(DriveSpec.of(file)).close();
  }

  @Test
  void readersShareADriveAndKeepWritersAwayUntilTheLastIsGone() throws Exception {
    Path file = disk(1024);
    DriveSpec reading = DriveSpec.of(file).readOnly();
    byte[] sector = new byte[512];
    try (Drive stays = Drive.open(reading)) {
      try (Drive leaves = Drive.open(reading)) {
        leaves.read(0, sector, 0, 512);
      }
      refused(DriveSpec.of(file), "in use");
      Arrays.fill(sector, (byte) 0);
      stays.read(512, sector, 0, 512);
      assertEquals(0x5a, sector[511]);
    }
    Drive.open(DriveSpec.of(file)).close();
  }

  @Test
  void aFileThatBecomesShorterIsAnErrorForTheGuest() throws Exception {
    Path file = disk(4096);
    try (Drive drive = Drive.open(DriveSpec.of(file))) {
      try (RandomAccessFile elsewhere = new RandomAccessFile(file.toFile(), "rw")) {
        elsewhere.setLength(1024);
      }
      IOException failure =
          assertThrows(IOException.class, () -> drive.read(2048, new byte[512], 0, 512));
      assertTrue(String.valueOf(failure.getMessage()).contains("shorter"), failure.getMessage());
      assertSame(failure, drive.firstFailure().orElseThrow());
    }
  }

  @Test
  void aFullHostDiskIsAnErrorForTheGuestAndKeptForTheUser() throws Exception {
    Path file = disk(1024);
    LockedFile real = LockedFile.open(file, DriveAccess.READ_WRITE, LockedFile.Durability.SYNCED);
    RawDisk raw = new RawDisk(new FullDisk(real), DriveAccess.READ_WRITE);
    OpenDisk disk =
        new OpenDisk(real, raw, raw, DriveFormat.RAW, true, Optional.empty(), Optional.empty());
    try (Drive drive = new Drive(DriveSpec.of(file), disk)) {
      byte[] sector = new byte[512];
      assertTrue(drive.firstFailure().isEmpty());
      IOException failure =
          assertThrows(IOException.class, () -> drive.write(0, sector, 0, sector.length));
      assertEquals(FullDisk.REASON, failure.getMessage());
      assertThrows(IOException.class, () -> drive.write(512, sector, 0, sector.length));
      assertThrows(IOException.class, () -> drive.discard(0, 1024));
      assertThrows(IOException.class, drive::flush);
      drive.read(0, sector, 0, sector.length);
      assertEquals(0x5a, sector[0]);
      assertSame(failure, drive.firstFailure().orElseThrow());
    }
    Drive.open(DriveSpec.of(file)).close();
  }
}
