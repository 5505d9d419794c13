package hospes.formats.fdt;

import hospes.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A property of a node: a name and bytes, which are text or big-endian numbers by convention only.
/// Devicetree Specification 0.4, 2.2.4.
public final class Property {
  private final String name;
  private final byte[] value;

  Property(String name, byte[] value) {
    this.name = name;
    this.value = value.clone();
  }

  public String name() {
    return name;
  }

  /// A copy of the value's bytes.
  public byte[] bytes() {
    return value.clone();
  }

  /// The value as a list of 32-bit cells.
  ///
  /// @throws FormatException if its length is no multiple of 4
  public int[] cells() throws FormatException {
    if (value.length % 4 != 0) {
      throw new FormatException(
          "property " + name + " of " + value.length + " bytes is not made of 32-bit cells");
    }
    var cells = new int[value.length / 4];
    ByteBuffer.wrap(value).asIntBuffer().get(cells);
    return cells;
  }

  /// The value as one unsigned number of one or two cells.
  ///
  /// @throws FormatException if it has another length
  public long number() throws FormatException {
    return switch (value.length) {
      case 4 -> Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt());
      case 8 -> ByteBuffer.wrap(value).getLong();
      default ->
          throw new FormatException(
              "property " + name + " of " + value.length + " bytes is not one number");
    };
  }

  /// The value as a list of strings, each of which ends with NUL.
  ///
  /// @throws FormatException if the last one does not
  public List<String> strings() throws FormatException {
    if (value.length == 0 || value[value.length - 1] != 0) {
      throw new FormatException("property " + name + " is not a string: it does not end with NUL");
    }
    var strings = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < value.length; i++) {
      if (value[i] == 0) {
        strings.add(new String(value, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return strings;
  }

  /// The value as a string; the first one of a list.
  ///
  /// @throws FormatException if it does not end with NUL
  public String string() throws FormatException {
    return strings().getFirst();
  }

  void appendTo(ByteBuffer out) {
    out.put(value);
  }

  int length() {
    return value.length;
  }

  /// Whether the value looks like text, so that a printer shows it as such: the rule `dtc` uses.
  boolean looksLikeText() {
    if (value.length == 0 || value[value.length - 1] != 0 || value[0] == 0) {
      return false;
    }
    for (int i = 0; i < value.length; i++) {
      boolean separator = value[i] == 0 && value[i - 1] != 0;
      boolean printable = value[i] >= ' ' && value[i] < 0x7f;
      if (!separator && !printable) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Property that
        && name.equals(that.name)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  /// The property in device tree source form, without indentation.
  @Override
  public String toString() {
    return DtsPrinter.print(this);
  }
}
