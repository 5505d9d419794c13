package hospes.engine;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A section while it is being assembled.
final class SectionContent {
  private static final int LIMIT = 256 << 20;

  private final String name;
  private final long address;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long size;
  private long alignment = 4;

  SectionContent(String name, long address) {
    this.name = name;
    this.address = address;
  }

  String name() {
    return name;
  }

  /// Whether the section only takes up memory, without bytes in the file.
  boolean isBlank() {
    return name.startsWith(".bss");
  }

  boolean isExecutable() {
    return name.startsWith(".text");
  }

  long size() {
    return size;
  }

  long alignment() {
    return alignment;
  }

  /// The address of the next byte.
  long here() {
    return address + size;
  }

  void align(long newAlignment) {
    alignment = Math.max(alignment, newAlignment);
  }

  void append(byte[] content) {
    if (isBlank()) {
      throw new IllegalArgumentException(
          "%s holds no content; expected .space, or another section".formatted(name));
    }
    reserve(content.length);
    bytes.writeBytes(content);
  }

  void fill(long length, int value) {
    if (isBlank() && value == 0) {
      reserve(length);
      return;
    }
    if (length < 0 || length > LIMIT) {
      throw new IllegalArgumentException("cannot fill %d bytes".formatted(length));
    }
    byte[] content = new byte[(int) length];
    Arrays.fill(content, (byte) value);
    append(content);
  }

  private void reserve(long length) {
    if (length < 0 || size + length > LIMIT) {
      throw new IllegalArgumentException(
          "%d more bytes do not fit into %s; a section has at most %d MiB"
              .formatted(length, name, LIMIT >> 20));
    }
    size += length;
  }

  Assembly.Section finish() {
    return new Assembly.Section(name, address, bytes.toByteArray(), size);
  }
}
