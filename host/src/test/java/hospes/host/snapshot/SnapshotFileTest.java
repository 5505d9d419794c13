package hospes.host.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.DriveReference;
import hospes.formats.snapshot.PageSource;
import hospes.formats.snapshot.SnapshotFormatException.Problem;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A snapshot file is the old one or the new one, whole, and a machine goes on from it as if it had
/// never stopped.
final class SnapshotFileTest {
  private static final SnapshotHeader HEADER =
      new SnapshotHeader("virt-1", "test", 64L << 20, 1, "hello");
  private static final List<DriveReference> NO_DRIVES = List.of();

  @TempDir private Path folder;

  /// Pages that all say the same.
  private record Pages(long count, byte value) implements PageSource {
    @Override
    public int pageSize() {
      return 4096;
    }

    @Override
    public PrimitiveIterator.OfLong touchedPages() {
      return LongStream.range(0, count).iterator();
    }

    @Override
    public void read(long page, byte[] to, int offset) {
      Arrays.fill(to, offset, offset + 4096, value);
    }
  }

  private static void save(Path file, PageSource pages) throws SnapshotFileException {
    SnapshotFile.save(file, HEADER, List.of(), NO_DRIVES, pages, Compression.ZSTD);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte firstByte(Path file) throws Exception {
    try (SnapshotFile snapshot = SnapshotFile.open(file)) {
      snapshot.verify();
      byte[] page = new byte[4096];
      snapshot.read(0, page, 0);
      return page[0];
    }
  }

  private static VirtMachine machine() {
    return Standalone.on(value -> {}).powerOn(Virt.hello());
  }

  @ParameterizedTest
  @EnumSource
  void aMachineGoesOnFromTheFileAsIfItHadNeverStopped(Compression compression) throws Exception {
    Path file = folder.resolve("hello.snapshot");
    try (VirtMachine first = machine();
        VirtMachine second = machine()) {
      first.run(300_000);
      SnapshotFile.save(
          file,
          HEADER,
          Snapshot.of(first).records(),
          List.of(new DriveReference("/disk", "raw", 512, 512, 0, "")),
          new Pages(0, (byte) 0),
          compression);
      try (SnapshotFile snapshot = SnapshotFile.open(file)) {
        snapshot.requireMachine("virt-1", 64L << 20, 1);
        assertEquals("/disk", snapshot.drives().getFirst().path());
        second.restore(snapshot.records());
      }
      assertEquals(Snapshot.hash(first), Snapshot.hash(second));
      first.run(200_000);
      second.run(200_000);
      assertEquals(Snapshot.hash(first), Snapshot.hash(second));
    }
  }

  @Test
  void aSaveThatFailsLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = folder.resolve("s");
    save(file, new Pages(100, (byte) 1));
    PageSource failing =
        new PageSource() {
          @Override
          public int pageSize() {
            return 4096;
          }

          @Override
          public PrimitiveIterator.OfLong touchedPages() {
            return LongStream.range(0, 1000).iterator();
          }

          @Override
          public void read(long page, byte[] to, int offset) {
            if (page == 500) {
              throw new UncheckedIOException(new IOException("No space left on device"));
            }
            to[offset] = (byte) page;
          }
        };
    assertThrows(UncheckedIOException.class, () -> save(file, failing));
    assertEquals(1, firstByte(file));
    assertEquals(List.of("s"), names());
  }

  /// Saves over a file, tells when it is half-way, and waits to be killed.
  static final class KilledSaver {
    private KilledSaver() {}

    public static void main(String[] arguments) throws Exception {
      save(
          Path.of(arguments[0]),
          new PageSource() {
            @Override
            public int pageSize() {
              return 4096;
            }

            @Override
            public PrimitiveIterator.OfLong touchedPages() {
              return LongStream.range(0, 4000).iterator();
            }

            @Override
            public void read(long page, byte[] to, int offset) {
              new java.util.Random(page).nextBytes(to);
              if (page == 3000) {
                System.out.println("half-way");
                try {
                  System.in.read();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }
          });
    }
  }

  @Test
  void aKilledProcessLeavesTheOldFileAndTheNextSaveCleansUp() throws Exception {
    Path file = folder.resolve("s");
    save(file, new Pages(10, (byte) 1));
    Process saver =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                KilledSaver.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(saver.getInputStream(), StandardCharsets.US_ASCII))) {
      assertEquals("half-way", out.readLine());
      assertEquals(2, names().size(), "a temporary file beside it");
      save(file, new Pages(10, (byte) 2));
      assertEquals(2, names().size(), "the file of a process that lives stays");
    } finally {
      saver.destroyForcibly().waitFor();
    }
    assertEquals(2, firstByte(file));
    assertEquals(2, names().size());
    save(file, new Pages(10, (byte) 3));
    assertEquals(List.of("s"), names());
    assertEquals(3, firstByte(file));
  }

  @Test
  void filesThatCannotBeUsedAreToldApart() throws Exception {
    Path file = folder.resolve("s");
    assertProblem(Optional.empty(), file);
    save(file, new Pages(10, (byte) 1));
    byte[] good = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(good, good.length - 9));
    assertProblem(Optional.of(Problem.TRUNCATED), file);
    Files.writeString(file, "This is a text of more than sixteen bytes.");
    assertProblem(Optional.of(Problem.NO_SNAPSHOT), file);
    good[20] ^= 1;
    Files.write(file, good);
    assertProblem(Optional.of(Problem.DAMAGED), file);
  }

  private static void assertProblem(Optional<Problem> problem, Path file) {
    assertEquals(
        problem,
        assertThrows(SnapshotFileException.class, () -> SnapshotFile.open(file)).problem());
  }

  @Test
  void recordsAndPagesAreReadFromOneFile() throws Exception {
    Path file = folder.resolve("s");
    SnapshotFile.save(
        file,
        HEADER,
        List.of(new StateRecord("a", 3, new byte[] {1, 2})),
        NO_DRIVES,
        new Pages(20, (byte) 9),
        Compression.ZSTD);
    try (SnapshotFile snapshot = SnapshotFile.open(file)) {
      StateRecord item = snapshot.records().records().iterator().next();
      assertEquals("a", item.name());
      assertArrayEquals(new byte[] {1, 2}, item.bytes());
      assertEquals(20, snapshot.pages());
      assertFalse(snapshot.has(20));
      SnapshotFileException other =
          assertThrows(
              SnapshotFileException.class, () -> snapshot.requireMachine("pc", 64L << 20, 1));
      assertEquals(Optional.of(Problem.OTHER_MACHINE), other.problem());
    }
  }
}
