package hospes.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file is replaced whole, or it is what it was, with nothing left beside it.
final class ReplacedFileTest {
  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFullDiskLeavesTheOldFileAloneAndIsTold() throws IOException {
    Path file = Files.write(folder.resolve("s"), new byte[] {7});
    IOException full = new IOException("No space left on device");
    IOException told =
        assertThrows(
            IOException.class,
            () ->
                ReplacedFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw full;
                    }));
    assertSame(full, told);
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(file));
    assertEquals(List.of("s"), names());
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNextReplacement() throws IOException {
    Path file = folder.resolve("s");
    Files.write(folder.resolve(".s.1-0.hospes-new"), new byte[100]);
    Files.write(folder.resolve(".other.1-0.hospes-new"), new byte[100]);
    ReplacedFile.write(file, out -> out.write(3));
    assertArrayEquals(new byte[] {3}, Files.readAllBytes(file));
    assertEquals(List.of(".other.1-0.hospes-new", "s"), names());
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("d"));
    assertThrows(FileSystemException.class, () -> ReplacedFile.write(inside, out -> out.write(1)));
    assertEquals(List.of("d"), names());
  }
}
