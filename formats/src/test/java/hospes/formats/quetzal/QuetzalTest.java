package hospes.formats.quetzal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Saved stories: what is written is read again, other interpreters' files are understood, and
/// nothing else than a typed exception comes of bad ones.
final class QuetzalTest {
  private static final StoryIdentity STORY = new StoryIdentity(12, "261125", 0xbeef);
  private static final byte[] ORIGINAL = new byte[2000];

  static {
    for (int i = 0; i < ORIGINAL.length; i++) {
      ORIGINAL[i] = (byte) (i * 7);
    }
  }

  private static SavedStory story() {
    byte[] memory = ORIGINAL.clone();
    memory[0] ^= 1;
    memory[3] ^= 2;
    memory[700] ^= (byte) 0xff;
    return new SavedStory(
        STORY,
        0x12345,
        memory,
        List.of(
            new SavedCall(0, SavedCall.NO_RESULT, 0, List.of(), List.of(1, 2)),
            new SavedCall(0x10000, 0, 3, List.of(5, 6, 0xffff, 0), List.of()),
            new SavedCall(0x2000, SavedCall.NO_RESULT, 0, List.of(), List.of(0x8000)),
            new SavedCall(0x2004, 255, 7, List.of(1, 2, 3, 4, 5, 6, 7), List.of())));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws QuetzalException {
    SavedStory read = QuetzalReader.read(QuetzalWriter.write(story(), ORIGINAL), STORY, ORIGINAL);

    assertEquals(STORY, read.identity());
    assertEquals(0x12345, read.pc());
    assertArrayEquals(story().memory(), read.memory());
    assertEquals(story().calls(), read.calls());
  }

  @Test
  void theFileHasTheFormsOfTheStandard() {
    byte[] file = QuetzalWriter.write(story(), ORIGINAL);

    assertEquals("FORM", text(file, 0, 4));
    assertEquals(file.length - 8, (file[6] & 0xff) << 8 | file[7] & 0xff);
    assertEquals("IFZSIFhd", text(file, 8, 8));
    assertArrayEquals(new byte[] {0, 0, 0, 13, 0, 12}, Arrays.copyOfRange(file, 16, 22));
    assertEquals("261125", text(file, 22, 6));
    assertArrayEquals(
        new byte[] {(byte) 0xbe, (byte) 0xef, 1, 0x23, 0x45, 0}, Arrays.copyOfRange(file, 28, 34));
    assertEquals("CMem", text(file, 34, 4));
    // 1, two zeros, 2, 696 zeros in runs of at most 256, 0xff; zeros at the end are left out.
    assertArrayEquals(
        new byte[] {0, 0, 0, 11, 1, 0, 1, 2, 0, -1, 0, -1, 0, (byte) 183, -1, 0},
        Arrays.copyOfRange(file, 38, 54));
    assertEquals("Stks", text(file, 54, 4));
  }

  @Test
  void plainMemoryIsReadToo() throws QuetzalException {
    byte[] memory = story().memory();
    byte[] file = form(chunk("IFhd", header()), chunk("UMem", memory), chunk("Stks", new byte[8]));

    assertArrayEquals(memory, QuetzalReader.read(file, STORY, ORIGINAL).memory());
  }

  @Test
  void partsThatAreNotKnownAreLeftOut() throws QuetzalException {
    byte[] file =
        form(
            chunk("ANNO", new byte[] {1, 2, 3}),
            chunk("IFhd", header()),
            chunk("IntD", new byte[20]),
            chunk("CMem", new byte[0]),
            chunk("Stks", new byte[8]));
    SavedStory read = QuetzalReader.read(file, STORY, ORIGINAL);

    assertArrayEquals(ORIGINAL, read.memory());
    assertEquals(
        List.of(new SavedCall(0, SavedCall.NO_RESULT, 0, List.of(), List.of())), read.calls());
  }

  @Test
  void anotherStorysFileIsRefusedByName() {
    byte[] file = QuetzalWriter.write(story(), ORIGINAL);
    QuetzalException refusal =
        assertThrows(
            QuetzalException.class,
            () -> QuetzalReader.read(file, new StoryIdentity(13, "261125", 0xbeef), ORIGINAL));

    assertTrue(refusal.getMessage().contains("another story (release 12"), refusal.getMessage());
  }

  @Test
  void whatIsMissingIsNoticed() {
    refused(form(chunk("IFhd", header()), chunk("CMem", new byte[0])), "missing");
    refused(form(chunk("IFhd", header()), chunk("Stks", new byte[8])), "missing");
    refused(form(chunk("CMem", new byte[0]), chunk("Stks", new byte[8])), "missing");
  }

  @Test
  void damagedMemoryIsRefused() {
    byte[] tooLong = new byte[2001];
    Arrays.fill(tooLong, (byte) 1);
    refused(form(chunk("IFhd", header()), chunk("CMem", tooLong)), "more memory");
    byte[] zeros = new byte[20];
    Arrays.fill(zeros, (byte) -1);
    for (int i = 0; i < zeros.length; i += 2) {
      zeros[i] = 0;
    }
    refused(form(chunk("IFhd", header()), chunk("CMem", zeros)), "more memory");
    refused(form(chunk("IFhd", header()), chunk("CMem", new byte[] {1, 0})), "run of zeros");
    refused(form(chunk("IFhd", header()), chunk("UMem", new byte[3])), "not as much memory");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] file = QuetzalWriter.write(story(), ORIGINAL);
    for (int length = 0; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThrows(QuetzalException.class, () -> QuetzalReader.read(truncated, STORY, ORIGINAL));
    }
  }

  @Test
  void noChangedByteDoesMoreThanToBeRefused() {
    byte[] file = QuetzalWriter.write(story(), ORIGINAL);
    for (int i = 0; i < file.length; i++) {
      for (int mask : new int[] {1, 0x10, 0x80, 0xff}) {
        byte[] changed = file.clone();
        changed[i] ^= (byte) mask;
        try {
          SavedStory read = QuetzalReader.read(changed, STORY, ORIGINAL);
          assertEquals(ORIGINAL.length, read.memory().length);
        } catch (QuetzalException refused) {
          assertTrue(refused.getMessage().length() > 10);
        }
      }
    }
  }

  private static void refused(byte[] file, String why) {
    QuetzalException refusal =
        assertThrows(QuetzalException.class, () -> QuetzalReader.read(file, STORY, ORIGINAL));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  private static byte[] header() {
    byte[] header = new byte[13];
    header[1] = 12;
    System.arraycopy("261125".getBytes(StandardCharsets.ISO_8859_1), 0, header, 2, 6);
    header[8] = (byte) 0xbe;
    header[9] = (byte) 0xef;
    return header;
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] chunk = new byte[8 + content.length + content.length % 2];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, chunk, 0, 4);
    chunk[6] = (byte) (content.length >> 8);
    chunk[7] = (byte) content.length;
    System.arraycopy(content, 0, chunk, 8, content.length);
    return chunk;
  }

  private static byte[] form(byte[]... chunks) {
    int length = 4 + Arrays.stream(chunks).mapToInt(chunk -> chunk.length).sum();
    byte[] file = new byte[8 + length];
    System.arraycopy("FORM".getBytes(StandardCharsets.ISO_8859_1), 0, file, 0, 4);
    file[6] = (byte) (length >> 8);
    file[7] = (byte) length;
    System.arraycopy("IFZS".getBytes(StandardCharsets.ISO_8859_1), 0, file, 8, 4);
    int at = 12;
    for (byte[] chunk : chunks) {
      System.arraycopy(chunk, 0, file, at, chunk.length);
      at += chunk.length;
    }
    return file;
  }

  private static String text(byte[] file, int from, int length) {
    return new String(file, from, length, StandardCharsets.ISO_8859_1);
  }
}
