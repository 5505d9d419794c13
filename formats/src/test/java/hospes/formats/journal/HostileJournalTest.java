package hospes.formats.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.formats.FormatException;
import hospes.formats.HostileBytes;
import hospes.formats.compression.Zstandard;
import hospes.formats.journal.JournalFormatException.Problem;
import hospes.formats.journal.JournalItem.Checkpoint;
import hospes.formats.journal.JournalItem.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Whatever is wrong with a journal is a typed error, found in bounded memory.
final class HostileJournalTest {
  private static void read(byte[] file) throws JournalFormatException {
    try {
      Journals.readAll(Journals.open(file));
      JournalReader reader = Journals.open(file);
      while (reader.nextSnapshot().isPresent()) {
        // on to the next
      }
    } catch (JournalFormatException refused) {
      throw refused;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] sample(int items, int seed) throws IOException {
    return Journals.complete(Journals.items(items, new Random(seed)), new Random(seed));
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] file = sample(60, 1);
    read(file);
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertThrows(JournalFormatException.class, () -> read(damaged), "a flipped bit at " + at);
    }
  }

  @Test
  void blocksThatAreMissingDoubledOrExchangedAreNoticed() throws IOException {
    byte[] file = sample(60, 2);
    List<byte[]> blocks = Journals.blocks(file);
    for (int i = 0; i < blocks.size() - 1; i++) {
      List<byte[]> missing = new ArrayList<>(blocks);
      missing.remove(i);
      assertDamaged(join(missing));
      List<byte[]> doubled = new ArrayList<>(blocks);
      doubled.add(i, blocks.get(i));
      assertDamaged(join(doubled));
      List<byte[]> exchanged = new ArrayList<>(blocks);
      exchanged.set(i, blocks.get(i + 1));
      exchanged.set(i + 1, blocks.get(i));
      assertDamaged(join(exchanged));
    }
  }

  private static byte[] join(List<byte[]> blocks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Block.prefix());
    blocks.forEach(file::writeBytes);
    return file.toByteArray();
  }

  @Test
  void nothingFollowsTheEnd() throws IOException {
    byte[] file = sample(10, 3);
    assertDamaged(Arrays.copyOf(file, file.length + 1));
    List<byte[]> blocks = Journals.blocks(file);
    blocks.add(block(Block.CHECKPOINT, new byte[33]));
    assertDamaged(Journals.seal(blocks));
  }

  @Test
  void damageEndsInATypedError() throws IOException {
    HostileBytes.damageIsSurvived(sample(100, 4), HostileJournalTest::read);
  }

  @Test
  void damageUnderRightChecksumsEndsInATypedError() throws IOException {
    List<byte[]> blocks = Journals.blocks(sample(40, 5));
    int refused = 0;
    for (int round = 0; round < 10_000; round++) {
      Random random = new Random(round);
      byte[] file = Journals.seal(damaged(blocks, random));
      try {
        read(file);
      } catch (JournalFormatException expected) {
        refused++;
      } catch (RuntimeException e) {
        fail("round " + round + " broke the reader", e);
      }
    }
    assertTrue(refused > 5_000, "refused " + refused);
  }

  /// Damages the content of a block, packed or not, or the sizes before it.
  private static List<byte[]> damaged(List<byte[]> blocks, Random random) {
    List<byte[]> all = new ArrayList<>(blocks);
    int number = random.nextInt(all.size());
    byte[] block = all.get(number).clone();
    boolean unpacked = random.nextBoolean();
    if (unpacked && block[1] == 1) {
      int length = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getInt(6);
      byte[] frame = Arrays.copyOfRange(block, Block.HEADER_BYTES, block.length);
      try {
        block = block(block[0], Zstandard.decompress(frame, length));
      } catch (FormatException impossible) {
        throw new AssertionError(impossible);
      }
    }
    byte[] nasty = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xff};
    for (int left = random.nextInt(4); left >= 0; left--) {
      int from = random.nextInt(20) == 0 ? 0 : Block.HEADER_BYTES;
      int at = from + random.nextInt(block.length - from);
      block[at] =
          random.nextBoolean() ? nasty[random.nextInt(nasty.length)] : (byte) random.nextInt();
    }
    all.set(number, block);
    return all;
  }

  /// A block as it is stored; its checksums are still missing.
  private static byte[] block(int type, byte[] content) {
    return block(type, 0, content, content.length);
  }

  private static byte[] block(int type, int codec, byte[] stored, int length) {
    ByteBuffer block = ByteBuffer.allocate(18 + stored.length).order(ByteOrder.LITTLE_ENDIAN);
    block.put((byte) type).put((byte) codec).putInt(stored.length).putInt(length);
    return block.position(18).put(stored).array();
  }

  private static byte[] content(Consumer<ContentWriter> fields) {
    ContentWriter out = new ContentWriter();
    fields.accept(out);
    return out.toByteArray();
  }

  /// A journal that goes on with this block behind its header.
  private static byte[] journalWith(byte[] block) throws IOException {
    return Journals.seal(List.of(Journals.blocks(sample(0, 1)).getFirst(), block));
  }

  private static JournalFormatException assertDamaged(byte[] file) {
    JournalFormatException refused = assertThrows(JournalFormatException.class, () -> read(file));
    assertEquals(Problem.DAMAGED, refused.problem(), refused.getMessage());
    return refused;
  }

  /// Who believed these sizes would run out of memory.
  @Test
  void sizesAreNotBelieved() throws IOException {
    byte[] zeros = new byte[Block.MAX_CONTENT_BYTES];
    byte[] packed = Zstandard.compress(zeros, zeros.length);
    long huge = Integer.MAX_VALUE;
    List<byte[]> bombs =
        List.of(
            block(Block.ENTRIES, 1, packed, zeros.length),
            block(Block.ENTRIES, 1, packed, Block.MAX_CONTENT_BYTES + 1),
            block(Block.ENTRIES, 1, packed, 1000),
            block(Block.ENTRIES, 1, packed, Integer.MAX_VALUE),
            block(Block.ENTRIES, 0, new byte[10], Integer.MAX_VALUE),
            block(Block.START, 1, packed, zeros.length),
            block(Block.SNAPSHOT, content(out -> putNumbers(out, 0, huge))),
            block(Block.SNAPSHOT, content(out -> putNumbers(out, 0, -1))),
            block(Block.END, content(out -> putNumbers(out, 0, huge))),
            block(Block.ENTRIES, content(out -> putNumbers(out, huge, huge))),
            block(Block.ENTRIES, content(out -> putNumbers(out, 65536, 65536, huge))),
            block(Block.ENTRIES, content(out -> putNumbers(out, 65536, 0, 65536, 0))),
            block(Block.ENTRIES, content(out -> putNumbers(out, 65536, 1, 0, 1, 0, 0, 0))),
            block(Block.ENTRIES, content(HostileJournalTest::putLongPayload)));
    for (byte[] bomb : bombs) {
      assertDamaged(journalWith(bomb));
    }
  }

  private static void putNumbers(ContentWriter out, long... numbers) {
    for (long number : numbers) {
      out.putNumber(number);
    }
  }

  /// An entry whose payload says that it is longer than the content.
  private static void putLongPayload(ContentWriter out) {
    putNumbers(out, 1, 1, 0, 1, 0, 0);
    out.putColumn(new long[1]);
    out.putColumn(new long[1]);
    out.putColumn(new long[1]);
    out.putColumn(new long[] {Long.MAX_VALUE});
    out.putNumber(0);
  }

  @Test
  void whatDoesNotFitTogetherIsNoticed() throws IOException {
    byte[] hash = new byte[32];
    assertDamaged(journalWith(Journals.blocks(sample(0, 1)).getFirst()));
    assertDamaged(journalWith(block(Block.CHECKPOINT, new byte[34])));
    assertDamaged(journalWith(block(Block.CHECKPOINT, new byte[32])));
    assertDamaged(
        journalWith(
            block(
                Block.CHECKPOINT,
                content(
                    out -> {
                      out.putNumber(-1);
                      out.putBytes(hash);
                    }))));
    assertDamaged(
        journalWith(
            block(
                Block.SNAPSHOT,
                content(
                    out -> {
                      out.putNumber(1);
                      out.putText("../../etc/shadow");
                      out.putBytes(hash);
                    }))));
    List<byte[]> back = new ArrayList<>(List.of(Journals.blocks(sample(0, 1)).getFirst()));
    for (long instructions : new long[] {10, 9}) {
      ContentWriter out = new ContentWriter();
      EntryColumns.write(List.of(new Entry(instructions, "p", 0, 0, hash)), out);
      back.add(block(Block.ENTRIES, out.toByteArray()));
    }
    assertDamaged(Journals.seal(back));
    back.set(2, block(Block.CHECKPOINT, content(out -> out.putBytes(new byte[33]))));
    JournalReader reader = Journals.open(Journals.seal(back));
    assertEquals(10, reader.next().orElseThrow().instructions());
    JournalFormatException first = assertThrows(JournalFormatException.class, reader::next);
    JournalFormatException again = assertThrows(JournalFormatException.class, reader::next);
    assertEquals(first.getMessage(), again.getMessage());
  }

  @Test
  void unknownBlocksAreSkippedWhereTheyMayBe() throws IOException {
    byte[] start = Journals.blocks(sample(0, 1)).getFirst();
    byte[] mark = block(Block.CHECKPOINT, new byte[33]);
    byte[] newer = block(Block.SKIPPABLE | 9, new byte[77]);
    JournalReader reader = Journals.open(Journals.seal(List.of(start, newer, mark, newer)));
    List<JournalItem> items = Journals.readAll(reader);
    assertEquals(List.of(new Checkpoint(0, Digest.of(new byte[32]))), items);
    JournalFormatException refused =
        assertThrows(
            JournalFormatException.class,
            () -> read(Journals.seal(List.of(start, block(9, new byte[77]), mark))));
    assertEquals(Problem.NEWER_VERSION, refused.problem());
    assertTrue(refused.getMessage().contains("type 9"), refused.getMessage());
  }

  @Test
  void otherFilesAndOtherVersionsAreTold() throws IOException {
    byte[] file = sample(3, 6);
    byte[] other = file.clone();
    other[1] = 'X';
    JournalFormatException none =
        assertThrows(JournalFormatException.class, () -> Journals.open(other));
    assertEquals(Problem.NO_JOURNAL, none.problem());
    byte[] newer = file.clone();
    ByteBuffer prefix = ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN);
    prefix.putInt(8, 2).putInt(12, Block.crc(newer, 12));
    JournalFormatException refused =
        assertThrows(JournalFormatException.class, () -> Journals.open(newer));
    assertEquals(Problem.NEWER_VERSION, refused.problem());
    assertTrue(
        refused.getMessage().contains("version 2; this Hospes reads version 1; replay it with"),
        refused.getMessage());
  }
}
