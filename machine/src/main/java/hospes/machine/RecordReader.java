package hospes.machine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads what a [RecordWriter] wrote, in the same order.
public final class RecordReader {
  private final String name;
  private final ByteBuffer bytes;

  /// A reader at the start of a record.
  public RecordReader(StateRecord stateRecord) {
    name = stateRecord.name();
    bytes = ByteBuffer.wrap(stateRecord.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Reads a byte that is 0 or 1.
  public boolean getBoolean() {
    return need(1).get() != 0;
  }

  /// Reads four bytes.
  public int getInt() {
    return need(Integer.BYTES).getInt();
  }

  /// Reads four bytes that count something: at least 0, at most `limit`.
  public int getCount(int limit) {
    int count = getInt();
    if (count < 0 || count > limit) {
      throw new SnapshotException("record %s is damaged: a count of %d".formatted(name, count));
    }
    return count;
  }

  /// Reads eight bytes.
  public long getLong() {
    return need(Long.BYTES).getLong();
  }

  /// Fills all of `values`.
  public void getLongs(long[] values) {
    ByteBuffer from = need((long) values.length * Long.BYTES);
    for (int i = 0; i < values.length; i++) {
      values[i] = from.getLong();
    }
  }

  /// Reads `length` bytes.
  public byte[] getBytes(int length) {
    // A damaged length must not become a gigabyte of heap before it is found to be wrong.
    ByteBuffer from = need(length);
    byte[] values = new byte[length];
    from.get(values);
    return values;
  }

  /// Reads bytes that stand behind their number.
  public byte[] getBlock() {
    return getBytes(getCount(bytes.remaining()));
  }

  /// Reads a constant of an enumeration, by its number.
  public <E extends Enum<E>> E getEnum(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return constants[getCount(constants.length - 1)];
  }

  /// Reads a text.
  public String getString() {
    return new String(getBytes(getCount(bytes.remaining())), StandardCharsets.UTF_8);
  }

  /// Whether all was read.
  public boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  private ByteBuffer need(long length) {
    if (length < 0 || bytes.remaining() < length) {
      throw new SnapshotException(
          "record %s is damaged: it ends too early".formatted(name),
          new BufferUnderflowException());
    }
    return bytes;
  }
}
