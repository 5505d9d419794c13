package hospes.formats.blorb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.blorb.BlorbResource.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlorbFileTest {
  private static final byte[] STORY = {5, 0, 1, 2, 3};
  private static final String METADATA =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ifindex version="1.0" xmlns="http://babel.ifarchive.org/protocol/iFiction/">
        <story>
          <identification>
            <ifid>1974A053-7DB0-4103-93A1-767C1382C0B7</ifid><format>zcode</format>
          </identification>
          <bibliographic>
            <title>The Cellar &amp; the Lamp</title><author>A. N. Author</author>
            <description>Dark.<br/>Very
              dark.</description>
          </bibliographic>
        </story>
        <story><bibliographic><title>Another</title></bibliographic></story>
      </ifindex>
      """;

  /// A chunk: four letters, its length, its content, and a zero where that is odd.
  private static byte[] chunk(String type, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(content);
    if (content.length % 2 != 0) {
      out.write(0);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A file with a picture, a story, a sound and metadata.
  private static byte[] blorb(String metadata) {
    byte[] picture = chunk("PNG ", new byte[3]);
    byte[] story = chunk("ZCOD", STORY);
    byte[] sound = chunk("FORM", join(letters("AIFF"), new byte[6]));
    int first = 12 + 8 + 4 + 3 * 12;
    ByteBuffer index = ByteBuffer.allocate(4 + 3 * 12);
    index.putInt(3);
    index.put(letters("Pict")).putInt(1).putInt(first);
    index.put(letters("Exec")).putInt(0).putInt(first + picture.length);
    index.put(letters("Snd ")).putInt(3).putInt(first + picture.length + story.length);
    return chunk(
        "FORM",
        join(
            letters("IFRS"),
            chunk("RIdx", index.array()),
            picture,
            story,
            sound,
            chunk("IFmd", letters(metadata))));
  }

  @Test
  void aFilesPartsAreListedAndItsStoryIsFound() throws BlorbException {
    BlorbFile file = BlorbFile.parse(blorb(METADATA));
    assertEquals(
        List.of(Usage.PICTURE, Usage.EXECUTABLE, Usage.SOUND),
        file.resources().stream().map(BlorbResource::usage).toList());
    BlorbResource story = file.executable().orElseThrow();
    assertEquals("ZCOD", story.type());
    assertArrayEquals(STORY, file.content(story));
    BlorbResource sound = file.resources().get(2);
    assertEquals("AIFF", sound.type());
    assertEquals("FORM", new String(file.content(sound), 0, 4, StandardCharsets.US_ASCII));
  }

  @Test
  void metadataIsThatOfTheFirstStory() throws BlorbException {
    StoryMetadata metadata = BlorbFile.parse(blorb(METADATA)).metadata().orElseThrow();
    assertEquals(List.of("1974A053-7DB0-4103-93A1-767C1382C0B7"), metadata.ifids());
    assertEquals(Optional.of("The Cellar & the Lamp"), metadata.fact("title"));
    assertEquals(Optional.of("Dark. Very dark."), metadata.fact("description"));
    assertEquals(Optional.empty(), metadata.fact("headline"));
  }

  @Test
  void metadataReachesNoFileAndNoEntityGrows() {
    String hostile =
        """
        <!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>
        <ifindex><story><bibliographic><title>&b;</title></bibliographic></story></ifindex>
        """;
    try {
      StoryMetadata metadata = BlorbFile.parse(blorb(hostile)).metadata().orElseThrow();
      assertEquals("", metadata.fact("title").orElse(""));
    } catch (BlorbException refused) {
      assertTrue(refused.getMessage().contains("no XML"), refused.getMessage());
    }
  }

  @Test
  void metadataThatIsNoXmlIsAnError() {
    BlorbException e =
        assertThrows(BlorbException.class, () -> BlorbFile.parse(blorb("<ifindex><story>")));
    assertTrue(e.getMessage().contains("get it anew"), e.getMessage());
  }

  @Test
  void aFileThatEndsAnywhereIsAnError() {
    byte[] whole = blorb(METADATA);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(BlorbException.class, () -> BlorbFile.parse(part), "of length " + length);
    }
  }

  @Test
  void anyDamageGivesATypedErrorOrAFile() {
    byte[] whole = blorb(METADATA);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(random.nextBoolean() ? 80 : damaged.length)] =
            (byte) random.nextInt();
      }
      try {
        BlorbFile file = BlorbFile.parse(damaged);
        file.resources().forEach(file::content);
      } catch (BlorbException e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  @Test
  void aFileWithoutAStoryHasNone() throws BlorbException {
    byte[] file = chunk("FORM", join(letters("IFRS"), chunk("RIdx", new byte[4])));
    assertEquals(Optional.empty(), BlorbFile.parse(file).executable());
  }

  @Test
  void anIndexThatPromisesMoreThanItHasIsAnError() {
    byte[] index = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();
    byte[] file = chunk("FORM", join(letters("IFRS"), chunk("RIdx", index)));
    assertThrows(BlorbException.class, () -> BlorbFile.parse(file));
  }
}
