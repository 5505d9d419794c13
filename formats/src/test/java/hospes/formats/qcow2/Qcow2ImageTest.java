package hospes.formats.qcow2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import hospes.formats.MemoryFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An image is a disk: whatever is written, read and discarded, it answers as an array would, and
/// its tables and reference counts agree, whenever the process or the host dies.
final class Qcow2ImageTest {
  private static final Optional<DiskContent> NOTHING = Optional.empty();

  private static MemoryFile create(NewImage spec) throws IOException {
    MemoryFile file = new MemoryFile(new byte[0]);
    spec.writeTo(file);
    return new MemoryFile(file.toByteArray());
  }

  private static Qcow2Image open(MemoryFile file, Optional<DiskContent> backing)
      throws IOException {
    return Qcow2Image.open(file, ImageAccess.READ_WRITE, backing);
  }

  private static byte[] all(DiskContent disk) throws IOException {
    byte[] content = new byte[(int) disk.size()];
    disk.read(0, content, 0, content.length);
    return content;
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /// A disk that is an array.
  private record Content(byte[] bytes) implements DiskContent {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(long position, byte[] to, int offset, int length) {
      System.arraycopy(bytes, (int) position, to, offset, length);
    }
  }

  /// Does the same to an image and to an array.
  private static void change(Qcow2Image image, byte[] model, Random random, int rounds)
      throws IOException {
    for (int i = 0; i < rounds; i++) {
      int at = random.nextInt(model.length / 512) * 512;
      int length = Math.min(random.nextInt(1, 12) * 512, model.length - at);
      switch (random.nextInt(8)) {
        case 0 -> {
          image.discard(at, length);
          java.util.Arrays.fill(model, at, at + length, (byte) 0);
        }
        case 1 -> image.flush();
        case 2 -> {
          byte[] got = new byte[length];
          image.read(at, got, 0, length);
          assertArrayEquals(java.util.Arrays.copyOfRange(model, at, at + length), got);
        }
        default -> {
          byte[] bytes = noise(random, length);
          image.write(at, bytes, 0, length);
          System.arraycopy(bytes, 0, model, at, length);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3,9", "3,12", "3,16", "2,9", "2,16"})
  void anImageAnswersAsAnArrayWould(int version, int clusterBits) throws IOException {
    Random random = new Random(version * 100L + clusterBits);
    byte[] model = new byte[3 * 512 * 1024 + 512];
    MemoryFile file = create(new NewImage(model.length, version, clusterBits, Optional.empty()));
    Qcow2Image image = open(file, NOTHING);
    for (int round = 0; round < 5; round++) {
      change(image, model, random, 200);
      image.flush();
      assertEquals(new ImageCheck.Result(0, 0), ImageCheck.of(file.toByteArray()));
      image = open(file, NOTHING);
      assertArrayEquals(model, all(image));
    }
  }

  @ParameterizedTest
  @CsvSource({"3,9,1000000", "3,16,100352", "2,12,3000000"})
  void whatIsNotInTheImageComesFromBehindIt(int version, int clusterBits, int backingBytes)
      throws IOException {
    Random random = new Random(clusterBits);
    byte[] behind = noise(random, backingBytes);
    byte[] model = java.util.Arrays.copyOf(behind, 2 << 20);
    Optional<DiskContent> backing = Optional.of(new Content(behind.clone()));
    BackingFile name = new BackingFile("base.img", Optional.of("raw"));
    MemoryFile file = create(new NewImage(model.length, version, clusterBits, Optional.of(name)));
    assertEquals(Optional.of(name), Qcow2Image.backingFile(file));
    Qcow2Image image = open(file, backing);
    assertArrayEquals(model, all(image));
    change(image, model, random, 400);
    image.flush();
    assertArrayEquals(model, all(open(file, backing)));
    assertEquals(new ImageCheck.Result(0, 0), ImageCheck.of(file.toByteArray()));
    assertArrayEquals(behind, ((Content) backing.get()).bytes(), "the base was not written");
  }

  @ParameterizedTest
  @CsvSource({"2,9", "3,9", "3,10"})
  void whereverTheProcessDiesTheImageIsNeverCorrupt(int version, int clusterBits)
      throws IOException {
    Random random = new Random(7);
    byte[] model = new byte[200 * 1024];
    MemoryFile file = create(new NewImage(model.length, version, clusterBits, Optional.empty()));
    Qcow2Image image = open(file, NOTHING);
    change(image, model, random, 400);
    image.flush();
    for (int i = 0; i <= file.steps(); i += random.nextInt(1, file.steps() / 100)) {
      assertEquals(0, ImageCheck.of(file.after(i)).corruptions(), "after write " + i);
      all(open(new MemoryFile(file.after(i)), NOTHING));
    }
  }

  @Test
  void whenTheHostLosesPowerTheImageIsNotCorruptAndFlushedDataIsThere() throws IOException {
    Random random = new Random(8);
    byte[] model = new byte[300 * 1024];
    MemoryFile file = create(new NewImage(model.length, 3, 9, Optional.empty()));
    Qcow2Image image = open(file, NOTHING);
    change(image, model, random, 150);
    image.flush();
    int flushed = file.steps();
    byte[] second = new byte[64 * 1024];
    for (int i = 0; i < 100; i++) {
      image.write(random.nextInt(128) * 512, second, 0, 512);
    }
    image.flush();
    for (int i = 0; i <= file.steps(); i += random.nextInt(1, file.steps() / 100)) {
      byte[] left = file.afterPowerLoss(i, random);
      assertEquals(0, ImageCheck.of(left).corruptions(), "after write " + i);
      if (i >= flushed) {
        byte[] tail = new byte[model.length - second.length];
        open(new MemoryFile(left), NOTHING).read(second.length, tail, 0, tail.length);
        assertArrayEquals(java.util.Arrays.copyOfRange(model, second.length, model.length), tail);
      }
    }
  }

  @Test
  void theRefcountTableGrowsWithTheFile() throws IOException {
    byte[] model = new byte[12 << 20];
    Random random = new Random(3);
    MemoryFile file = create(new NewImage(model.length, 3, 9, Optional.empty()));
    int before = ByteBuffer.wrap(file.toByteArray()).getInt(56);
    Qcow2Image image = open(file, NOTHING);
    for (int at = 0; at < model.length; at += 1 << 16) {
      byte[] bytes = noise(random, 1 << 16);
      image.write(at, bytes, 0, bytes.length);
      System.arraycopy(bytes, 0, model, at, bytes.length);
    }
    image.flush();
    assertTrue(ByteBuffer.wrap(file.toByteArray()).getInt(56) > before, "it grew");
    assertEquals(new ImageCheck.Result(0, 0), ImageCheck.of(file.toByteArray()));
    assertArrayEquals(model, all(open(file, NOTHING)));
  }

  @Test
  void discardedSpaceIsUsedAgain() throws IOException {
    MemoryFile file = create(NewImage.ofSize(16 << 20));
    Qcow2Image image = open(file, NOTHING);
    byte[] mebibyte = noise(new Random(1), 1 << 20);
    for (int i = 0; i < 20; i++) {
      image.write((long) (i % 16) << 20, mebibyte, 0, mebibyte.length);
      image.flush();
      image.discard((long) (i % 16) << 20, mebibyte.length);
      image.flush();
    }
    assertTrue(file.size() < 3 << 20, "the file has " + file.size() + " bytes");
  }

  @Test
  void aFreshImageIsSmallHoweverLargeTheDisk() throws IOException {
    assertTrue(create(NewImage.ofSize(1L << 40)).size() < 512 << 10);
  }

  @Test
  void whatLiesOutsideTheDiskIsRefused() throws IOException {
    Qcow2Image image = open(create(NewImage.ofSize(1 << 20)), NOTHING);
    byte[] sector = new byte[512];
    assertThrows(EOFException.class, () -> image.write(1 << 20, sector, 0, 512));
    assertThrows(EOFException.class, () -> image.read((1 << 20) - 511, sector, 0, 512));
    assertThrows(EOFException.class, () -> image.discard(-512, 512));
  }

  @Test
  void aReadOnlyImageIsNotWritten() throws IOException {
    MemoryFile file = create(NewImage.ofSize(1 << 20));
    Qcow2Image image = Qcow2Image.open(file, ImageAccess.READ_ONLY, NOTHING);
    assertThrows(IOException.class, () -> image.write(0, new byte[512], 0, 512));
    image.flush();
    assertEquals(0, file.steps());
  }

  @ParameterizedTest
  @CsvSource({
    "4,1,version 1",
    "4,4,version 4",
    "20,8,2^8",
    "20,22,2^22",
    "32,1,encrypted",
    "32,2,encrypted",
    "36,0,L1 table is too small",
    "76,4,data in another file",
    "76,16,subclusters",
    "76,32,unknown here",
    "76,8,contradicts itself",
    "96,7,2^7 bits",
    "96,-1,2^-1 bits",
    "100,8,header has 8 bytes",
    "44,512,L1 table",
    "56,0,refcount table"
  })
  void aHeaderThatCannotBeReadIsRefusedWithAReason(int at, int value, String reason)
      throws IOException {
    byte[] bytes = create(NewImage.ofSize(1 << 20)).toByteArray();
    ByteBuffer.wrap(bytes).putInt(at, value);
    FormatException refused =
        assertThrows(FormatException.class, () -> open(new MemoryFile(bytes), NOTHING));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1,not closed properly", "2,marked as damaged"})
  void anImageThatNeedsMendingIsReadAndNotWritten(int feature, String reason) throws IOException {
    byte[] bytes = create(NewImage.ofSize(1 << 20)).toByteArray();
    bytes[79] = (byte) feature;
    FormatException refused =
        assertThrows(FormatException.class, () -> open(new MemoryFile(bytes), NOTHING));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    all(Qcow2Image.open(new MemoryFile(bytes), ImageAccess.READ_ONLY, NOTHING));
  }

  @Test
  void contentThatLiesOverATableIsNotWrittenAndTheImageIsMarked() throws IOException {
    MemoryFile made = create(NewImage.ofSize(1 << 20));
    Qcow2Image image = open(made, NOTHING);
    image.write(0, new byte[512], 0, 512);
    image.flush();
    byte[] bytes = made.toByteArray();
    ByteBuffer words = ByteBuffer.wrap(bytes);
    long l1 = words.getLong(40);
    long l2 = words.getLong((int) l1) & (1L << 56) - 512;
    words.putLong((int) l2, l1 | 1L << 63); // the first cluster of the disk is the L1 table
    MemoryFile file = new MemoryFile(bytes);
    Qcow2Image damaged = open(file, NOTHING);
    assertThrows(FormatException.class, () -> damaged.write(0, new byte[512], 0, 512));
    assertThrows(FormatException.class, () -> damaged.write(1 << 18, new byte[512], 0, 512));
    assertEquals(2, file.toByteArray()[79] & 2, "the corrupt bit");
    assertThrows(FormatException.class, () -> open(file, NOTHING));
  }

  @Test
  void changeBitmapsAreMarkedAsOutOfDateBeforeTheFirstWrite() throws IOException {
    byte[] bytes = create(NewImage.ofSize(1 << 20)).toByteArray();
    bytes[95] = 1;
    MemoryFile file = new MemoryFile(bytes);
    Qcow2Image image = open(file, NOTHING);
    image.flush();
    assertEquals(1, file.toByteArray()[95]);
    image.write(0, new byte[512], 0, 512);
    assertEquals(0, file.toByteArray()[95]);
  }
}
