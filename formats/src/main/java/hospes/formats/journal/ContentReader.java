package hospes.formats.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ContentWriter] wrote, in the same order. Nothing is allocated for bytes that are
/// not there.
final class ContentReader {
  private final byte[] bytes;
  private final String what;
  private int at;

  /// @param what part of the journal this is, for the message
  ContentReader(byte[] bytes, String what) {
    this.bytes = bytes;
    this.what = what;
  }

  long getNumber() throws JournalFormatException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      need(1);
      int part = bytes[at++];
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw damaged("a number that is too long");
  }

  /// A number that is not negative.
  long getNatural() throws JournalFormatException {
    long value = getNumber();
    if (value < 0) {
      throw damaged("the negative number " + value);
    }
    return value;
  }

  int getCount(int limit) throws JournalFormatException {
    long count = getNumber();
    if (count < 0 || count > limit) {
      throw damaged("a number %d, where %d is the most".formatted(count, limit));
    }
    return (int) count;
  }

  /// How many bytes follow; so many are there.
  int getLength() throws JournalFormatException {
    return getCount(bytes.length - at);
  }

  String getText() throws JournalFormatException {
    return new String(getBytes(getLength()), StandardCharsets.UTF_8);
  }

  byte[] getBytes(long length) throws JournalFormatException {
    need(length);
    at += (int) length;
    return Arrays.copyOfRange(bytes, at - (int) length, at);
  }

  Digest getDigest() throws JournalFormatException {
    return Digest.of(getBytes(Digest.BYTES));
  }

  JournalItem.SnapshotReference getSnapshot() throws JournalFormatException {
    long instructions = getNatural();
    String name = getText();
    if (!JournalItem.SnapshotReference.isRelative(name)) {
      throw damaged("a snapshot that is not in its folder");
    }
    return new JournalItem.SnapshotReference(instructions, name, getDigest());
  }

  /// So many numbers that belong together.
  long[] getColumn(int count) throws JournalFormatException {
    int order = getCount(Block.MAX_ORDER);
    need(count); // each has a byte at least
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      long zigzag = getNumber();
      values[i] = (zigzag >>> 1) ^ -(zigzag & 1);
    }
    for (int pass = 0; pass < order; pass++) {
      for (int i = 1; i < count; i++) {
        values[i] += values[i - 1];
      }
    }
    return values;
  }

  void requireEnd() throws JournalFormatException {
    if (at != bytes.length) {
      throw damaged("more than it should");
    }
  }

  JournalFormatException damaged(String finding) {
    return JournalFormatException.damaged("%s has %s".formatted(what, finding));
  }

  private void need(long length) throws JournalFormatException {
    if (length < 0 || length > bytes.length - at) {
      throw damaged("less than it should");
    }
  }
}
