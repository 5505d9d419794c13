package hospes.formats.quetzal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes saved stories, with compressed memory.
public final class QuetzalWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private QuetzalWriter() {}

  /// The file of a saved story.
  ///
  /// @param original dynamic memory as the story file has it
  /// @throws IllegalArgumentException where what is saved has not as much dynamic memory
  public static byte[] write(SavedStory story, byte[] original) {
    if (original.length != story.memory().length) {
      throw new IllegalArgumentException(
          "a story of %d bytes of memory has %d saved"
              .formatted(original.length, story.memory().length));
    }
    QuetzalWriter chunks = new QuetzalWriter();
    chunks.text("IFZS");
    chunks.chunk("IFhd", identity(story));
    chunks.chunk("CMem", MemoryDifference.between(original, story.memory()));
    chunks.chunk("Stks", calls(story));
    QuetzalWriter file = new QuetzalWriter();
    file.chunk("FORM", chunks.out.toByteArray());
    return file.out.toByteArray();
  }

  private static byte[] identity(SavedStory story) {
    QuetzalWriter header = new QuetzalWriter();
    header.number(story.identity().release(), 2);
    header.text(story.identity().serial());
    header.number(story.identity().checksum(), 2);
    header.number(story.pc(), 3);
    return header.out.toByteArray();
  }

  private static byte[] calls(SavedStory story) {
    QuetzalWriter stacks = new QuetzalWriter();
    story.calls().forEach(stacks::call);
    return stacks.out.toByteArray();
  }

  private void call(SavedCall call) {
    boolean discards = call.result() == SavedCall.NO_RESULT && call.returnAddress() != 0;
    number(call.returnAddress(), 3);
    out.write(call.locals().size() | (discards ? QuetzalReader.DISCARDS : 0));
    out.write(call.result() == SavedCall.NO_RESULT ? 0 : call.result());
    out.write((1 << call.arguments()) - 1);
    number(call.stack().size(), 2);
    call.locals().forEach(local -> number(local, 2));
    call.stack().forEach(value -> number(value, 2));
  }

  private void chunk(String type, byte[] content) {
    text(type);
    number(content.length, 4);
    out.writeBytes(content);
    if (content.length % 2 != 0) {
      out.write(0);
    }
  }

  private void text(String characters) {
    out.writeBytes(characters.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void number(int value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write(value >>> shift);
    }
  }
}
