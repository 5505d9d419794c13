package hospes.formats.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import hospes.formats.HostileBytes;
import hospes.formats.MemoryFile;
import hospes.formats.snapshot.SnapshotFormatException.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was written comes back, and no flipped bit goes unnoticed.
final class SnapshotFormatTest {
  private static final SnapshotHeader HEADER =
      new SnapshotHeader("virt-1", "0.1", 1L << 30, 2, "Debian");
  private static final List<NamedRecord> RECORDS =
      List.of(
          new NamedRecord("clock", 1, new byte[0]),
          new NamedRecord("hart0", 7, "x".repeat(500).getBytes(StandardCharsets.UTF_8)));

  /// Memory that is a map.
  private record Memory(int pageSize, Map<Long, byte[]> pages) implements PageSource {
    @Override
    public PrimitiveIterator.OfLong touchedPages() {
      return pages.keySet().stream().mapToLong(Long::longValue).iterator();
    }

    @Override
    public void read(long page, byte[] to, int offset) {
      System.arraycopy(pages.get(page), 0, to, offset, pageSize);
    }
  }

  @Test
  void aRecordThatCouldNotBeReadBackIsNotWritten() throws Exception {
    Layout.requireReadable("boot.kernel", Layout.MAX_RECORD_BYTES);
    SnapshotFormatException refused =
        assertThrows(
            SnapshotFormatException.class,
            () -> Layout.requireReadable("boot.kernel", Layout.MAX_RECORD_BYTES + (1 << 20)));
    assertEquals(Problem.TOO_LARGE, refused.problem());
    assertTrue(String.valueOf(refused.getMessage()).contains("boot.kernel"));
  }

  private static Memory memory(int pageSize, int pages, long seed) {
    Random random = new Random(seed);
    Map<Long, byte[]> all = new TreeMap<>();
    for (int i = 0; i < pages; i++) {
      byte[] page = new byte[pageSize];
      for (int at = random.nextInt(pageSize); at < pageSize; at += 1 + random.nextInt(9)) {
        page[at] = (byte) random.nextInt();
      }
      all.put((long) random.nextInt((int) ((1L << 30) / pageSize)) / (i % 2 == 0 ? 1 : 64), page);
    }
    return new Memory(pageSize, all);
  }

  private static byte[] write(Memory memory, Compression compression) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SnapshotWriter.write(out, HEADER, RECORDS, memory, compression);
    return out.toByteArray();
  }

  private static SnapshotReader open(byte[] file) throws IOException {
    return SnapshotReader.open(new MemoryFile(file));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenComesBackInAnyOrder(Compression compression) throws IOException {
    Memory memory = memory(4096, 500, 1);
    SnapshotReader reader = open(write(memory, compression));
    assertEquals(HEADER, reader.header());
    List<NamedRecord> records = reader.records();
    for (int i = 0; i < RECORDS.size(); i++) {
      assertEquals(RECORDS.get(i).name(), records.get(i).name());
      assertEquals(RECORDS.get(i).version(), records.get(i).version());
      assertArrayEquals(RECORDS.get(i).bytes(), records.get(i).bytes());
    }
    List<Long> pages = new ArrayList<>(memory.pages().keySet());
    java.util.Collections.shuffle(pages, new Random(2));
    byte[] page = new byte[4096];
    for (long number : pages) {
      assertTrue(reader.has(number));
      reader.read(number, page, 0);
      assertArrayEquals(memory.pages().get(number), page);
    }
    assertEquals(memory.pages().size(), reader.pages());
    Map<Long, byte[]> all = new TreeMap<>();
    reader.readAll(
        (number, from, at, size) -> all.put(number, Arrays.copyOfRange(from, at, at + size)));
    assertEquals(memory.pages().keySet(), all.keySet());
    all.forEach((number, bytes) -> assertArrayEquals(memory.pages().get(number), bytes));
  }

  @Test
  void pagesOfZerosAreNotInTheFile() throws IOException {
    Map<Long, byte[]> pages = new TreeMap<>();
    pages.put(3L, new byte[4096]);
    pages.put(5L, new byte[4096]);
    pages.get(5L)[4095] = 1;
    pages.put(200L, new byte[4096]);
    SnapshotReader reader = open(write(new Memory(4096, pages), Compression.ZSTD));
    assertEquals(1, reader.pages());
    assertFalse(reader.has(3));
    assertFalse(reader.has(200));
    assertFalse(reader.has(1L << 40));
    assertTrue(reader.has(5));
    assertThrows(IllegalArgumentException.class, () -> reader.read(3, new byte[4096], 0));
  }

  @Test
  void neighboursComeAlong() throws IOException {
    Map<Long, byte[]> pages = new TreeMap<>();
    for (long page : new long[] {15, 16, 17, 31, 32}) {
      pages.put(page, new byte[4096]);
      pages.get(page)[0] = (byte) page;
    }
    List<Long> seen = new ArrayList<>();
    open(write(new Memory(4096, pages), Compression.ZSTD))
        .readAround(
            17,
            (page, from, at, length) -> {
              assertEquals(page, from[at]);
              seen.add(page);
            });
    assertEquals(List.of(16L, 17L, 31L), seen);
  }

  @ParameterizedTest
  @EnumSource
  void everyFlippedBitOfASmallFileIsNoticed(Compression compression) throws IOException {
    byte[] file = write(memory(512, 12, 3), compression);
    open(file).verify();
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertThrows(
          FormatException.class,
          () -> {
            SnapshotReader reader = open(damaged);
            reader.verify();
          },
          "a flipped bit at " + at);
    }
  }

  @Test
  void flippedBytesOfALargeFileAreNoticedWhenTheyAreRead() throws IOException {
    byte[] file = write(memory(4096, 800, 4), Compression.ZSTD);
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 + random.nextInt(255));
      assertThrows(FormatException.class, () -> open(damaged).verify());
    }
  }

  @Test
  void everyCutIsRefusedWhenTheFileIsOpened() throws IOException {
    byte[] file = write(memory(512, 20, 6), Compression.ZSTD);
    HostileBytes.everyPrefixIsRefused(file, HostileFile::read);
    SnapshotFormatException cut =
        assertThrows(
            SnapshotFormatException.class, () -> open(Arrays.copyOf(file, file.length - 1)));
    assertEquals(Problem.TRUNCATED, cut.problem());
    assertThrows(SnapshotFormatException.class, () -> open(Arrays.copyOf(file, file.length + 1)));
  }

  @Test
  void damageEndsInATypedError() throws IOException {
    HostileBytes.damageIsSurvived(write(memory(512, 20, 7), Compression.ZSTD), HostileFile::read);
  }

  /// A file of which everything is read; in memory, where no other failure is possible.
  private static final class HostileFile {
    static void read(byte[] file) throws FormatException {
      try {
        SnapshotReader reader = open(file);
        reader.records();
        reader.readAll((page, from, at, length) -> {});
      } catch (FormatException refused) {
        throw refused;
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  @Test
  void otherFilesNewerVersionsAndOtherMachinesAreTold() throws IOException {
    byte[] file = write(memory(512, 3, 8), Compression.NONE);
    byte[] other = file.clone();
    other[1] = 'X';
    assertEquals(
        Problem.NO_SNAPSHOT,
        assertThrows(SnapshotFormatException.class, () -> open(other)).problem());
    byte[] newer = file.clone();
    newer[8] = 2;
    assertEquals(
        Problem.NEWER_VERSION,
        assertThrows(SnapshotFormatException.class, () -> open(newer)).problem());
    SnapshotHeader header = open(file).header();
    header.requireMachine("virt-1", 1L << 30, 2);
    assertOther(header, "pc", 1L << 30, 2);
    assertOther(header, "virt-1", 1L << 31, 2);
    assertOther(header, "virt-1", 1L << 30, 1);
  }

  private static void assertOther(SnapshotHeader header, String make, long memory, int harts) {
    assertEquals(
        Problem.OTHER_MACHINE,
        assertThrows(
                SnapshotFormatException.class, () -> header.requireMachine(make, memory, harts))
            .problem());
  }

  @Test
  void drivesComeBack() throws IOException {
    List<DriveReference> drives =
        List.of(
            new DriveReference("/x/overlay", "qcow2", 1 << 20, 4711, 123, "/x/base.img"),
            new DriveReference("/ü", "raw", 512, 512, 0, ""));
    NamedRecord written = DriveReference.toRecord(drives);
    assertEquals(drives, DriveReference.of(written));
    byte[] cut = Arrays.copyOf(written.bytes(), written.bytes().length - 1);
    assertThrows(
        SnapshotFormatException.class, () -> DriveReference.of(new NamedRecord("drives", 2, cut)));
    assertThrows(
        SnapshotFormatException.class,
        () -> DriveReference.of(new NamedRecord("drives", 1, written.bytes())));
  }

  @Test
  void severalThreadsMayRead() throws Exception {
    Memory memory = memory(4096, 300, 9);
    SnapshotReader reader = open(write(memory, Compression.ZSTD));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        List<Long> pages = new ArrayList<>(memory.pages().keySet());
        java.util.Collections.shuffle(pages, new Random(i));
        all.add(
            threads.submit(
                () -> {
                  byte[] page = new byte[4096];
                  for (long number : pages) {
                    reader.read(number, page, 0);
                    assertArrayEquals(memory.pages().get(number), page);
                  }
                  return null;
                }));
      }
      for (Future<Void> done : all) {
        done.get();
      }
    }
  }
}
