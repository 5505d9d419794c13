package hospes.formats.blorb;

import hospes.formats.blorb.BlorbResource.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Blorb file: a story, or what belongs to one, with an index. Blorb 2.0.4, 1.
///
/// Immutable; content is copied out when it is asked for.
public final class BlorbFile {
  private static final int CHUNK_HEADER = 8;
  private static final int FIRST_CHUNK = 12;
  private static final int INDEX_ENTRY = 12;

  private final byte[] file;
  private final int end;
  private List<BlorbResource> resources = List.of();
  private @Nullable StoryMetadata metadata;

  private BlorbFile(byte[] file, int end) {
    this.file = file;
    this.end = end;
  }

  /// Whether a file begins as Blorb files do.
  public static boolean hasMagic(byte[] file) {
    return file.length >= FIRST_CHUNK
        && letters(file, 0).equals("FORM")
        && letters(file, 8).equals("IFRS");
  }

  /// Reads the index and what is known of the story.
  ///
  /// @throws BlorbException where the file is no Blorb file, or a damaged one
  public static BlorbFile parse(byte[] file) throws BlorbException {
    if (!hasMagic(file)) {
      throw new BlorbException("the file is no Blorb file");
    }
    int length = number(file, 4);
    if (length < 4 || length > file.length - CHUNK_HEADER) {
      throw BlorbException.damaged(
          "it tells of %s bytes, and has %d"
              .formatted(Integer.toUnsignedString(length), file.length - CHUNK_HEADER));
    }
    BlorbFile blorb = new BlorbFile(file.clone(), CHUNK_HEADER + length);
    blorb.readChunks();
    return blorb;
  }

  private void readChunks() throws BlorbException {
    boolean hasIndex = false;
    for (int at = FIRST_CHUNK; at < end; ) {
      Chunk chunk = chunk(at);
      switch (chunk.type()) {
        case "RIdx" -> {
          if (hasIndex) {
            throw BlorbException.damaged("it has two indexes");
          }
          hasIndex = true;
          resources = index(chunk);
        }
        case "IFmd" -> {
          if (metadata == null) {
            metadata = StoryMetadata.parse(content(chunk.offset(), chunk.length()));
          }
        }
        default -> {
          // A resource, which the index tells of, or nothing that is needed.
        }
      }
      at = chunk.next();
    }
    if (!hasIndex) {
      throw BlorbException.damaged("it has no index");
    }
  }

  private record Chunk(String type, int offset, int length) {
    int next() {
      return offset + length + length % 2;
    }
  }

  private Chunk chunk(int at) throws BlorbException {
    if (at < FIRST_CHUNK || at > end - CHUNK_HEADER) {
      throw BlorbException.damaged(
          "a part of it would be at %s".formatted(Integer.toUnsignedString(at)));
    }
    int length = number(file, at + 4);
    if (length < 0 || length > end - at - CHUNK_HEADER) {
      throw BlorbException.damaged("its part at %d is longer than the file".formatted(at));
    }
    return new Chunk(letters(file, at), at + CHUNK_HEADER, length);
  }

  private List<BlorbResource> index(Chunk chunk) throws BlorbException {
    if (chunk.length() < 4) {
      throw BlorbException.damaged("its index is too short");
    }
    int count = number(file, chunk.offset());
    if (count < 0 || count > (chunk.length() - 4) / INDEX_ENTRY) {
      throw BlorbException.damaged("its index is shorter than it says");
    }
    List<BlorbResource> found = new ArrayList<>();
    for (int entry = chunk.offset() + 4; count > 0; count--, entry += INDEX_ENTRY) {
      found.add(
          resource(
              Usage.of(letters(file, entry)),
              number(file, entry + 4),
              chunk(number(file, entry + 8))));
    }
    return List.copyOf(found);
  }

  private BlorbResource resource(Usage usage, int number, Chunk chunk) {
    if (chunk.type().equals("FORM") && chunk.length() >= 4) {
      // A file in its own right, such as a sound in AIFF: with what it begins with (Blorb, 1).
      return new BlorbResource(
          usage,
          number,
          letters(file, chunk.offset()),
          chunk.offset() - CHUNK_HEADER,
          chunk.length() + CHUNK_HEADER);
    }
    return new BlorbResource(usage, number, chunk.type(), chunk.offset(), chunk.length());
  }

  /// All that the index tells of, in its order.
  public List<BlorbResource> resources() {
    return resources;
  }

  /// The story, of whatever kind; some files have none, and belong to one.
  public Optional<BlorbResource> executable() {
    return resources.stream()
        .filter(resource -> resource.usage() == Usage.EXECUTABLE)
        .min(Comparator.comparingInt(BlorbResource::number));
  }

  /// What is known of the story, where the file tells.
  public Optional<StoryMetadata> metadata() {
    return Optional.ofNullable(metadata);
  }

  /// The content of one of the [#resources].
  public byte[] content(BlorbResource resource) {
    return content(resource.offset(), resource.length());
  }

  private byte[] content(int offset, int length) {
    return Arrays.copyOfRange(file, offset, offset + length);
  }

  private static String letters(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  private static int number(byte[] file, int at) {
    return ByteBuffer.wrap(file).getInt(at);
  }
}
