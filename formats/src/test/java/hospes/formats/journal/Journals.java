package hospes.formats.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.formats.MemoryFile;
import hospes.formats.journal.JournalHeader.Ingredient;
import hospes.formats.journal.JournalItem.Checkpoint;
import hospes.formats.journal.JournalItem.End;
import hospes.formats.journal.JournalItem.Entry;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.formats.snapshot.NamedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Journals to test with.
final class Journals {
  static final Ingredient KERNEL = new Ingredient("kernel", 5_000_000, digest(1));
  static final Ingredient DRIVE = new Ingredient("drive0", 1L << 33, digest(2));

  private static final List<String> PORTS = List.of("clock", "console", "net0", "größe");

  private Journals() {}

  static Digest digest(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return Digest.of(bytes);
  }

  static JournalHeader header() {
    return new JournalHeader(
        "toy",
        "0.2",
        "a guest",
        List.of(KERNEL, DRIVE),
        List.of(
            new NamedRecord("plan", 3, new byte[300]), new NamedRecord("guest", 1, new byte[0])),
        Optional.empty());
  }

  /// A run without its end: entries of all shapes, with checkpoints and snapshots between them.
  static List<JournalItem> items(int count, Random random) {
    List<JournalItem> items = new ArrayList<>();
    long instructions = 0;
    long clock = 0;
    for (int i = 0; i < count; i++) {
      instructions += random.nextInt(3) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 50));
      clock += random.nextInt(1_000_000);
      items.add(
          switch (random.nextInt(12)) {
            case 0 -> new Checkpoint(instructions, digest(i));
            case 1 -> new SnapshotReference(instructions, "run/at-%d.snap".formatted(i), digest(i));
            case 2, 3, 4 -> new Entry(instructions, PORTS.getFirst(), 0, 4, number(clock));
            case 5 -> new Entry(instructions, "seed", 0, 5, bytes(Long.BYTES, random));
            default ->
                new Entry(
                    instructions,
                    PORTS.get(random.nextInt(PORTS.size())),
                    random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(1, 64),
                    random.nextInt() >>> random.nextInt(1, 32),
                    bytes(random.nextInt(20), random));
          });
    }
    return items;
  }

  static End end(List<JournalItem> items) {
    return new End(items.isEmpty() ? 0 : items.getLast().instructions(), "off", digest(99));
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  static byte[] bytes(int count, Random random) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /// A whole journal, with its end, in blocks of random sizes.
  static byte[] complete(List<JournalItem> items, Random random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalWriter writer = JournalWriter.start(out, header());
    for (JournalItem item : items) {
      writer.append(item);
      if (random.nextInt(10) == 0) {
        writer.flushBlock();
      }
    }
    writer.append(end(items));
    return out.toByteArray();
  }

  static JournalReader open(byte[] file) throws IOException {
    return JournalReader.open(new MemoryFile(file));
  }

  static List<JournalItem> readAll(JournalReader reader) throws IOException {
    List<JournalItem> items = new ArrayList<>();
    Optional<JournalItem> item = reader.next();
    while (item.isPresent()) {
      items.add(item.get());
      item = reader.next();
    }
    return items;
  }

  /// The blocks of an intact file, each with its header.
  static List<byte[]> blocks(byte[] file) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    int check = Block.checkOf(file, Block.PREFIX_BYTES);
    for (int at = Block.PREFIX_BYTES; at < file.length; ) {
      byte[] rest = Arrays.copyOfRange(file, at, file.length);
      Block block = Block.parse(Arrays.copyOf(rest, Block.HEADER_BYTES), check, "it");
      check = block.check();
      blocks.add(Arrays.copyOf(rest, Block.HEADER_BYTES + block.stored()));
      at += blocks.getLast().length;
    }
    return blocks;
  }

  /// A file of these blocks, with checksums that fit to whatever is in them.
  static byte[] seal(List<byte[]> blocks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Block.prefix());
    int check = Block.checkOf(Block.prefix(), Block.PREFIX_BYTES);
    for (byte[] block : blocks) {
      ByteBuffer bytes = ByteBuffer.wrap(block.clone()).order(ByteOrder.LITTLE_ENDIAN);
      byte[] content = Arrays.copyOfRange(block, Block.HEADER_BYTES, block.length);
      bytes.putInt(10, Block.crc(content, content.length));
      ByteBuffer chained = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN).putInt(check);
      check = Block.crc(chained.put(bytes.array(), 0, 14).array(), 18);
      bytes.putInt(14, check);
      file.writeBytes(bytes.array());
    }
    return file.toByteArray();
  }

  static void assertItems(List<JournalItem> expected, List<JournalItem> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) instanceof Entry want && actual.get(i) instanceof Entry got) {
        assertEquals(want.instructions(), got.instructions());
        assertEquals(want.port(), got.port());
        assertEquals(want.request(), got.request());
        assertEquals(want.kind(), got.kind());
        assertArrayEquals(want.payload(), got.payload());
      } else {
        assertEquals(expected.get(i), actual.get(i));
      }
    }
  }
}
