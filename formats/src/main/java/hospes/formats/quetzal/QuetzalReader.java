package hospes.formats.quetzal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads saved stories, with compressed or plain memory. Chunks that are not known are left out.
public final class QuetzalReader {
  static final int DISCARDS = 0x10;

  private static final int MOST_LOCALS = 15;
  private static final int HEADER_BYTES = 13;

  private final byte[] original;
  private @Nullable StoryIdentity identity;
  private int pc;
  private byte @Nullable [] memory;
  private @Nullable List<SavedCall> calls;

  private QuetzalReader(byte[] original) {
    this.original = original;
  }

  /// The story in a file.
  ///
  /// @param story the story that is to go on
  /// @param original its dynamic memory, as the story file has it
  /// @throws QuetzalException where the file is no saved story, is one of another story, or is
  /// damaged
  public static SavedStory read(byte[] file, StoryIdentity story, byte[] original)
      throws QuetzalException {
    ByteBuffer in = ByteBuffer.wrap(file);
    if (file.length < 12 || !type(in).equals("FORM")) {
      throw new QuetzalException("the file is no saved story");
    }
    int length = in.getInt();
    if (!type(in).equals("IFZS")) {
      throw new QuetzalException("the file is no saved story");
    }
    if (length < 4 || length > file.length - 8) {
      throw QuetzalException.damaged("it ends too early");
    }
    in.limit(8 + length);
    QuetzalReader reader = new QuetzalReader(original);
    try {
      while (in.remaining() >= 8) {
        reader.chunk(type(in), content(in), story);
      }
    } catch (BufferUnderflowException tooShort) {
      throw QuetzalException.damaged("a part of it is too short");
    }
    return reader.story();
  }

  private static String type(ByteBuffer in) {
    byte[] type = new byte[4];
    in.get(type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer content(ByteBuffer in) throws QuetzalException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw QuetzalException.damaged("a part of it is longer than the file");
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(Math.min(in.limit(), in.position() + length + length % 2));
    return content;
  }

  private void chunk(String type, ByteBuffer content, StoryIdentity story) throws QuetzalException {
    switch (type) {
      case "IFhd" -> header(content, story);
      case "CMem" -> memory = MemoryDifference.applied(original, bytes(content));
      case "UMem" -> {
        if (content.remaining() != original.length) {
          throw QuetzalException.damaged("it has not as much memory as the story");
        }
        memory = bytes(content);
      }
      case "Stks" -> calls = calls(content);
      default -> {
        // A comment, a picture, another interpreter's own: nothing that the story needs.
      }
    }
  }

  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private void header(ByteBuffer content, StoryIdentity story) throws QuetzalException {
    if (content.remaining() < HEADER_BYTES) {
      throw QuetzalException.damaged("what tells its story is too short");
    }
    int release = content.getShort() & 0xffff;
    byte[] serial = new byte[6];
    content.get(serial);
    StoryIdentity found =
        new StoryIdentity(
            release, new String(serial, StandardCharsets.ISO_8859_1), content.getShort() & 0xffff);
    if (!found.equals(story)) {
      throw new QuetzalException(
          "the file was saved by another story (%s) than this one (%s)".formatted(found, story));
    }
    identity = found;
    pc = (content.get() & 0xff) << 16 | content.getShort() & 0xffff;
  }

  private static List<SavedCall> calls(ByteBuffer in) throws QuetzalException {
    List<SavedCall> calls = new ArrayList<>();
    while (in.hasRemaining()) {
      int returnAddress = (in.get() & 0xff) << 16 | in.getShort() & 0xffff;
      int flags = in.get() & 0xff;
      int result = in.get() & 0xff;
      int mask = in.get() & 0xff;
      int pushed = in.getShort() & 0xffff;
      int locals = flags & 0xf;
      if (flags > (DISCARDS | MOST_LOCALS)) {
        throw QuetzalException.damaged("a call has flags that mean nothing");
      }
      boolean isMain = calls.isEmpty() && returnAddress == 0;
      calls.add(
          new SavedCall(
              returnAddress,
              (flags & DISCARDS) != 0 || isMain ? SavedCall.NO_RESULT : result,
              // Arguments come without gaps (4.6).
              Integer.numberOfTrailingZeros(~mask),
              words(in, locals),
              words(in, pushed)));
    }
    if (calls.isEmpty()) {
      throw QuetzalException.damaged("no routine is going on");
    }
    return calls;
  }

  private static List<Integer> words(ByteBuffer in, int count) {
    if (in.remaining() < 2 * count) {
      throw new BufferUnderflowException();
    }
    List<Integer> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(in.getShort() & 0xffff);
    }
    return words;
  }

  private SavedStory story() throws QuetzalException {
    if (identity == null || memory == null || calls == null) {
      throw QuetzalException.damaged("a part of it is missing");
    }
    return new SavedStory(identity, pc, memory, calls);
  }
}
