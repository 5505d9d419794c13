package hospes.formats.cpio;

import hospes.formats.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads an uncompressed newc archive.
public final class CpioReader {
  private static final int HEADER_SIZE = 110;
  private static final int MAX_PATH = 4096;

  private final byte[] archive;
  private int at;

  private CpioReader(byte[] archive) {
    this.archive = archive;
  }

  /// All members in the archive's order. Paths are given as stored: who extracts them must check
  /// them first.
  ///
  /// @throws FormatException if the bytes are no newc archive, or a truncated or corrupt one
  public static List<CpioEntry> read(byte[] archive) throws FormatException {
    return new CpioReader(archive).entries();
  }

  private List<CpioEntry> entries() throws FormatException {
    var entries = new ArrayList<CpioEntry>();
    while (true) {
      CpioEntry entry = next();
      if (entry.path().equals("TRAILER!!!")) {
        return entries;
      }
      entries.add(entry);
    }
  }

  private CpioEntry next() throws FormatException {
    int start = at;
    require(HEADER_SIZE);
    String magic = new String(archive, start, 6, StandardCharsets.ISO_8859_1);
    if (!magic.equals("070701") && !magic.equals("070702")) {
      throw new FormatException("not a newc cpio archive at offset " + start);
    }
    int size = field(start, 6);
    int nameSize = field(start, 11);
    if (nameSize < 1 || nameSize > MAX_PATH || size < 0) {
      throw new FormatException("cpio member with absurd sizes at offset " + start);
    }
    at = start + HEADER_SIZE;
    require(nameSize);
    if (archive[at + nameSize - 1] != 0) {
      throw new FormatException("cpio member with a name without an end at offset " + start);
    }
    String path = new String(archive, at, nameSize - 1, StandardCharsets.UTF_8);
    at = align(at + nameSize);
    require(size);
    byte[] data = Arrays.copyOfRange(archive, at, at + size);
    at = align(at + size);
    return new CpioEntry(path, field(start, 1), field(start, 9), field(start, 10), data);
  }

  private int field(int header, int index) throws FormatException {
    int value = 0;
    for (int i = header + 6 + 8 * index, end = i + 8; i < end; i++) {
      int digit = Character.digit(archive[i], 16);
      if (digit < 0) {
        throw new FormatException(
            "cpio member with a header that is not hexadecimal at offset " + header);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void require(int length) throws FormatException {
    if (at > archive.length || length > archive.length - at) {
      throw new FormatException("truncated cpio archive: it ends within a member at offset " + at);
    }
  }

  private static int align(int offset) {
    return (offset + 3) & ~3;
  }
}
