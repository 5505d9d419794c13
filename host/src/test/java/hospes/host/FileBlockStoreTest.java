package hospes.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlockStoreTest {
  @TempDir private Path folder;

  private Path disk(int size) throws IOException {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) 0x5a);
    return Files.write(folder.resolve("disk.img"), content);
  }

  private static String refusal(Path file, DriveAccess access) {
    return String.valueOf(
        assertThrows(BlockStoreException.class, () -> FileBlockStore.open(file, access))
            .getMessage());
  }

  @Test
  void whatIsWrittenIsInTheFileAtTheSamePlace() throws Exception {
    Path file = disk(4096);
    try (FileBlockStore store = FileBlockStore.open(file, DriveAccess.READ_WRITE)) {
      store.write(512, new byte[] {0, 1, 2, 3}, 1, 3);
      store.flush();
      byte[] back = new byte[5];
      store.read(511, back, 0, 5);
      assertArrayEquals(new byte[] {0x5a, 1, 2, 3, 0x5a}, back);
      assertEquals(4096, store.size());
    }
    byte[] content = Files.readAllBytes(file);
    assertEquals(3, content[514]);
    assertEquals(4096, content.length);
  }

  @Test
  void discardMakesZerosOfExactlyTheRange() throws Exception {
    Path file = disk(512 * 1024);
    try (FileBlockStore store = FileBlockStore.open(file, DriveAccess.READ_WRITE)) {
      store.discard(1024, 300_032);
    }
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < content.length; i++) {
      byte expected = i >= 1024 && i < 1024 + 300_032 ? (byte) 0 : (byte) 0x5a;
      assertEquals(expected, content[i], "byte " + i);
    }
  }

  @Test
  void discardingWhatIsZeroAlreadyWritesNothingSoThatSparseFilesStaySparse() throws Exception {
    Path file = Files.write(folder.resolve("zeros.img"), new byte[256 * 1024]);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, longAgo);
    try (FileBlockStore store = FileBlockStore.open(file, DriveAccess.READ_WRITE)) {
      store.discard(0, store.size());
    }
    assertEquals(longAgo, Files.getLastModifiedTime(file));
  }

  @Test
  void aReadOnlyDriveRefusesWritesAndDiscards() throws Exception {
    Path file = disk(1024);
    try (FileBlockStore store = FileBlockStore.open(file, DriveAccess.READ_ONLY)) {
      assertTrue(store.isReadOnly());
      assertThrows(IOException.class, () -> store.write(0, new byte[512], 0, 512));
      assertThrows(IOException.class, () -> store.discard(0, 512));
    }
    assertEquals(0x5a, Files.readAllBytes(file)[0]);
  }

  @Test
  void accessOutsideTheDiskIsAnErrorAndGrowsNothing() throws Exception {
    Path file = disk(1024);
    try (FileBlockStore store = FileBlockStore.open(file, DriveAccess.READ_WRITE)) {
      byte[] sector = new byte[512];
      assertThrows(EOFException.class, () -> store.write(1024, sector, 0, 512));
      assertThrows(EOFException.class, () -> store.read(Long.MAX_VALUE - 5, sector, 0, 512));
      assertThrows(EOFException.class, () -> store.discard(512, Long.MAX_VALUE));
    }
    assertEquals(1024, Files.size(file));
  }

  @Test
  void aMissingDriveIsNamedWithAWayToMakeIt() {
    String why = refusal(folder.resolve("none.img"), DriveAccess.READ_WRITE);
    assertTrue(why.contains("none.img does not exist"), why);
    assertTrue(why.contains("truncate"), why);
  }

  @Test
  void aSizeThatIsNoMultipleOfASectorIsRefused() throws IOException {
    String why = refusal(disk(1000), DriveAccess.READ_WRITE);
    assertTrue(why.contains("1000 bytes, which is not a multiple of 512"), why);
  }

  @Test
  void emptyFilesAndFoldersAreNoDrives() throws IOException {
    assertTrue(refusal(disk(0), DriveAccess.READ_WRITE).contains("is empty"));
    assertTrue(refusal(folder, DriveAccess.READ_ONLY).contains("is a directory"));
  }

  @Test
  void aDriveInUseIsRefusedUntilItIsClosed() throws Exception {
    Path file = disk(1024);
    try (FileBlockStore writer = FileBlockStore.open(file, DriveAccess.READ_WRITE)) {
      assertEquals(1024, writer.size());
      assertTrue(refusal(file, DriveAccess.READ_WRITE).contains("in use"));
      assertTrue(refusal(file, DriveAccess.READ_ONLY).contains("in use"));
    }
    FileBlockStore.open(file, DriveAccess.READ_WRITE).close();
  }

  @Test
  void aFullHostDiskIsAnErrorForTheGuestAndKeptForTheUser() throws Exception {
    Path file = disk(1024);
    FileChannel real = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileChannel full = new FullDiskChannel(real);
    try (FileBlockStore store = FileBlockStore.over("disk.img", full, DriveAccess.READ_WRITE)) {
      byte[] sector = new byte[512];
      IOException failure =
          assertThrows(IOException.class, () -> store.write(0, sector, 0, sector.length));
      assertEquals("No space left on device", failure.getMessage());
      assertThrows(IOException.class, () -> store.write(512, sector, 0, sector.length));
      assertEquals(failure, store.firstFailure().orElseThrow());
    }
  }
}
