package hospes.formats.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.MemoryFile;
import hospes.formats.journal.JournalFormatException.Problem;
import hospes.formats.journal.JournalHeader.Ingredient;
import hospes.formats.journal.JournalItem.Checkpoint;
import hospes.formats.journal.JournalItem.End;
import hospes.formats.journal.JournalItem.Entry;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.formats.snapshot.NamedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What was written comes back, in its order, also where the file was cut.
final class JournalFormatTest {
  @Test
  void whatWasWrittenComesBackInItsOrder() throws IOException {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<JournalItem> items = Journals.items(random.nextInt(400), random);
      JournalReader reader = Journals.open(Journals.complete(items, random));
      assertFalse(reader.isComplete());
      items.add(Journals.end(items));
      Journals.assertItems(items, Journals.readAll(reader));
      assertTrue(reader.isComplete());
    }
  }

  @Test
  void theHeaderComesBack() throws IOException {
    SnapshotReference start = new SnapshotReference(1L << 40, "start.snap", Journals.digest(3));
    JournalHeader header =
        new JournalHeader(
            "zmaschine",
            "0.2",
            "Zork",
            List.of(Journals.KERNEL, Journals.DRIVE),
            List.of(new NamedRecord("plan", 7, "xyz".getBytes(StandardCharsets.UTF_8))),
            Optional.of(start));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer = JournalWriter.start(out, header);
    assertThrows(
        IllegalArgumentException.class,
        () -> writer.append(new Checkpoint((1L << 40) - 1, Journals.digest(4))),
        "an item before the start");
    JournalHeader read = Journals.open(out.toByteArray()).header();
    assertEquals("zmaschine", read.machine());
    assertEquals("0.2", read.hospesVersion());
    assertEquals("Zork", read.guest());
    assertEquals(header.ingredients(), read.ingredients());
    assertEquals(1, read.records().size());
    assertEquals("plan", read.records().getFirst().name());
    assertEquals(7, read.records().getFirst().version());
    assertArrayEquals(header.records().getFirst().bytes(), read.records().getFirst().bytes());
    assertEquals(Optional.of(start), read.start());
    assertEquals(1L << 40, read.firstInstruction());
  }

  @Test
  void equalInstructionCountsKeepTheirOrder() throws IOException {
    List<JournalItem> items = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String port = List.of("power", "console", "clock").get(i * 7 % 3);
      items.add(new Entry(i / 30, port, i % 2, i % 5, Journals.number(i)));
    }
    byte[] file = Journals.complete(items, new Random(1));
    items.add(Journals.end(items));
    Journals.assertItems(items, Journals.readAll(Journals.open(file)));
  }

  @Test
  void extremesComeBack() throws IOException {
    List<JournalItem> items = new ArrayList<>();
    for (long value : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE, -1, 1, Long.MIN_VALUE}) {
      items.add(new Entry(0, "", Long.MAX_VALUE, Integer.MAX_VALUE, Journals.number(value)));
      items.add(new Entry(0, "", 0, 0, new byte[0]));
    }
    items.add(new Entry(Long.MAX_VALUE, "p", 0, 1, Journals.number(5)));
    byte[] file = Journals.complete(items, new Random(1));
    items.add(Journals.end(items));
    Journals.assertItems(items, Journals.readAll(Journals.open(file)));
  }

  @Test
  void aCutAnywhereLosesOnlyTheBlockThatWasCut() throws IOException {
    Random random = new Random(2);
    List<JournalItem> items = Journals.items(150, random);
    byte[] file = Journals.complete(items, random);
    items.add(Journals.end(items));
    List<Integer> ends = new ArrayList<>(List.of(Block.PREFIX_BYTES));
    Journals.blocks(file).forEach(block -> ends.add(ends.getLast() + block.length));
    assertTrue(ends.size() > 20, "blocks to cut");
    int startEnds = ends.get(1);
    int before = 0;
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length < startEnds) {
        assertEquals(
            Problem.TRUNCATED,
            assertThrows(JournalFormatException.class, () -> Journals.open(cut)).problem(),
            "cut to " + length);
        continue;
      }
      JournalReader reader = Journals.open(cut);
      List<JournalItem> read = Journals.readAll(reader);
      assertFalse(reader.isComplete());
      Journals.assertItems(items.subList(0, read.size()), read);
      boolean blockMore = ends.contains(length) && length > startEnds;
      assertEquals(blockMore, read.size() > before, "items at a cut to " + length);
      before = read.size();
    }
    assertEquals(items.size() - 1, before);
  }

  @Test
  void aJournalIsReadWhileItIsWritten() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer = JournalWriter.start(out, Journals.header());
    MemoryFile file = new MemoryFile(out.toByteArray());
    JournalReader reader = JournalReader.open(file);
    assertEquals(Optional.empty(), reader.next());
    writer.append(new Entry(3, "console", 0, 1, new byte[] {65}));
    assertTrue(writer.hasUnwritten());
    writer.flushBlock();
    assertFalse(writer.hasUnwritten());
    byte[] more = out.toByteArray();
    for (int at = (int) file.size(); at < more.length; at++) {
      assertEquals(Optional.empty(), reader.next());
      file.write(at, more, at, 1);
    }
    assertEquals(3, reader.next().orElseThrow().instructions());
    assertEquals(Optional.empty(), reader.next());
  }

  @Test
  void snapshotsAreFoundWithoutTheRest() throws IOException {
    Random random = new Random(4);
    List<JournalItem> items = Journals.items(500, random);
    byte[] file = Journals.complete(items, random);
    items.add(Journals.end(items));
    JournalReader reader = Journals.open(file);
    reader.next();
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i) instanceof SnapshotReference snapshot) {
        assertEquals(Optional.of(snapshot), reader.nextSnapshot());
        JournalReader from = Journals.open(file);
        Optional<SnapshotReference> there = from.nextSnapshot();
        while (!there.equals(Optional.of(snapshot))) {
          there = from.nextSnapshot();
        }
        Journals.assertItems(items.subList(i + 1, items.size()), Journals.readAll(from));
      }
    }
    assertEquals(Optional.empty(), reader.nextSnapshot());
    assertTrue(reader.isComplete());
  }

  @Test
  void aFullBlockIsWrittenByItself() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer = JournalWriter.start(out, Journals.header());
    for (int i = 0; i < Block.MAX_ENTRIES; i++) {
      assertEquals(i > 0, writer.hasUnwritten());
      writer.append(new Entry(i, "p", 0, 0, new byte[0]));
    }
    assertFalse(writer.hasUnwritten());
    writer.append(new Entry(1 << 20, "p", 0, 0, new byte[Block.FULL_BYTES]));
    assertFalse(writer.hasUnwritten());
    byte[] large = Journals.bytes(Block.MAX_PAYLOAD_BYTES, new Random(5));
    writer.append(new Entry(1 << 20, "p", 0, 0, large));
    assertFalse(writer.hasUnwritten());
    List<JournalItem> read = Journals.readAll(Journals.open(out.toByteArray()));
    assertEquals(Block.MAX_ENTRIES + 2, read.size());
    assertArrayEquals(large, ((Entry) read.getLast()).payload());
  }

  @Test
  void whatIsTooLargeIsRefusedAndTheJournalGoesOn() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer = JournalWriter.start(out, Journals.header());
    byte[] payload = new byte[Block.MAX_PAYLOAD_BYTES + 1];
    assertTooLarge(() -> writer.append(new Entry(1, "p", 0, 0, payload)));
    String text = "x".repeat(Block.MAX_TEXT_BYTES + 1);
    assertTooLarge(() -> writer.append(new Entry(1, text, 0, 0, new byte[0])));
    assertTooLarge(() -> writer.append(new SnapshotReference(1, text, Journals.digest(1))));
    assertTooLarge(() -> writer.append(new End(1, text, Journals.digest(1))));
    writer.append(new End(1, "off", Journals.digest(1)));
    assertEquals(1, Journals.readAll(Journals.open(out.toByteArray())).size());
    JournalHeader large =
        new JournalHeader(
            "toy",
            "",
            "",
            List.of(),
            List.of(new NamedRecord("plan", 1, new byte[Block.MAX_CONTENT_BYTES])),
            Optional.empty());
    assertTooLarge(() -> JournalWriter.start(new ByteArrayOutputStream(), large));
  }

  private static void assertTooLarge(org.junit.jupiter.api.function.Executable action) {
    assertEquals(Problem.TOO_LARGE, assertThrows(JournalFormatException.class, action).problem());
  }

  @Test
  void afterAFailedWriteNothingMoreIsWritten() throws IOException {
    Random random = new Random(6);
    List<JournalItem> items = Journals.items(40, random);
    int whole = Journals.complete(items, new Random(6)).length;
    for (int room = 500; room < whole; room += 7) {
      FullDisk disk = new FullDisk(room);
      JournalWriter writer = JournalWriter.start(disk, Journals.header());
      int failures = 0;
      for (JournalItem item : items) {
        try {
          writer.append(item);
          writer.flushBlock();
        } catch (IOException full) {
          disk.room = Integer.MAX_VALUE; // there would be room again, but a block is torn
          failures++;
        }
      }
      JournalReader reader = Journals.open(disk.bytes.toByteArray());
      List<JournalItem> read = Journals.readAll(reader);
      assertEquals(items.size() - failures, read.size());
      Journals.assertItems(items.subList(0, read.size()), read);
      assertFalse(reader.isComplete());
    }
  }

  /// A stream that takes so many bytes.
  private static final class FullDisk extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int room;

    FullDisk(int room) {
      this.room = room;
    }

    @Override
    public void write(int value) throws IOException {
      if (bytes.size() >= room) {
        throw new IOException("the disk is full");
      }
      bytes.write(value);
    }
  }

  @Test
  void misuseIsTold() throws IOException {
    JournalWriter writer = JournalWriter.start(new ByteArrayOutputStream(), Journals.header());
    writer.append(new Checkpoint(10, Journals.digest(1)));
    assertThrows(
        IllegalArgumentException.class, () -> writer.append(new Entry(9, "p", 0, 0, new byte[0])));
    assertThrows(IllegalArgumentException.class, () -> new Entry(-1, "p", 0, 0, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new Entry(0, "p", -1, 0, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new Entry(0, "p", 0, -1, new byte[0]));
    for (String name : List.of("", "/etc/x", "../x", "a/../../x", "a//b", "C:x", "a\\b", "a\n")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new SnapshotReference(0, name, Journals.digest(1)),
          name);
    }
    assertThrows(IllegalArgumentException.class, () -> new Digest("ab"));
    assertThrows(IllegalArgumentException.class, () -> new Digest("AB".repeat(32)));
    writer.append(new End(10, "off", Journals.digest(1)));
    assertThrows(
        IllegalStateException.class, () -> writer.append(new Checkpoint(11, Journals.digest(1))));
  }

  @Test
  void otherMachinesAndFilesAreRefusedByName() throws IOException {
    JournalHeader header = Journals.header();
    header.requireMachine("toy");
    assertRefused(Problem.OTHER_MACHINE, "'toy'", () -> header.requireMachine("virt"));
    header.requireIngredients(List.of(Journals.DRIVE, Journals.KERNEL));
    Ingredient other = new Ingredient("kernel", 5_000_000, Journals.digest(3));
    Ingredient extra = new Ingredient("drive1", 512, Journals.digest(4));
    assertRefused(
        Problem.OTHER_INGREDIENT,
        "kernel",
        () -> header.requireIngredients(List.of(other, Journals.DRIVE)));
    assertRefused(
        Problem.OTHER_INGREDIENT,
        "drive0",
        () -> header.requireIngredients(List.of(Journals.KERNEL)));
    assertRefused(
        Problem.OTHER_INGREDIENT,
        "drive1",
        () -> header.requireIngredients(List.of(Journals.KERNEL, Journals.DRIVE, extra)));
  }

  private static void assertRefused(
      Problem problem, String named, org.junit.jupiter.api.function.Executable action) {
    JournalFormatException refused = assertThrows(JournalFormatException.class, action);
    assertEquals(problem, refused.problem());
    assertTrue(refused.getMessage().contains(named), refused.getMessage());
  }

  /// A guest that does nothing asks for the time a thousand times a second; its answers, off by
  /// what a host's scheduler does, are all that is in its journal.
  @Test
  void anIdleMinuteIsSmall() throws IOException {
    int size = idleMinute(1000, 50_000);
    assertTrue(size < 400_000, "an idle minute of 1000 samples a second takes " + size);
    int slow = idleMinute(250, 50_000);
    assertTrue(slow < 100_000, "an idle minute of 250 samples a second takes " + slow);
  }

  private static int idleMinute(int samples, int jitter) throws IOException {
    Random random = new Random(7);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer = JournalWriter.start(out, Journals.header());
    int before = out.size();
    long instructions = 1_000_000_000L;
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < samples; i++) {
        instructions += 900 + random.nextInt(300);
        long ideal = 1_000_000_000L * second + 1_000_000_000L / samples * i;
        long clock = ideal + (long) (Math.abs(random.nextGaussian()) * jitter);
        writer.append(new Entry(instructions, "clock", 0, 3, Journals.number(clock)));
      }
      writer.flushBlock();
    }
    return out.size() - before;
  }

  /// The page shows a journal byte by byte; it is the one that is written.
  @Test
  void theExampleInTheDocumentationIsRight() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer =
        JournalWriter.start(
            out,
            new JournalHeader(
                "toy",
                "0.2",
                "t",
                List.of(new Ingredient("rom", 300, new Digest("11".repeat(32)))),
                List.of(new NamedRecord("plan", 1, new byte[] {7})),
                Optional.empty()));
    writer.append(new Entry(100, "clock", 0, 3, Journals.number(5000)));
    writer.append(new Entry(200, "clock", 0, 3, Journals.number(6000)));
    writer.append(new Entry(200, "tty", 9, 0, "ok".getBytes(StandardCharsets.US_ASCII)));
    writer.append(new End(250, "off", new Digest("22".repeat(32))));
    String page = Files.readString(Path.of("..", "docs", "journal-format.md"));
    String example = page.substring(page.indexOf("## An example"));
    StringBuilder hex = new StringBuilder();
    var rows = Pattern.compile("^\\| `([0-9a-f ]+)`(?: × (\\d+))? \\|", Pattern.MULTILINE);
    rows.matcher(example)
        .results()
        .forEach(
            row -> {
              int times = row.group(2) == null ? 1 : Integer.parseInt(row.group(2));
              hex.append(row.group(1).replace(" ", "").repeat(times));
            });
    assertEquals(hex.toString(), HexFormat.of().formatHex(out.toByteArray()));
  }
}
