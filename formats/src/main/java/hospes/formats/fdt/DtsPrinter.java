package hospes.formats.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;

/// Prints trees in device tree source form. Devicetree Specification 0.4, 6.
final class DtsPrinter {
  private final StringBuilder out = new StringBuilder();

  private DtsPrinter() {}

  static String print(DeviceTree tree) {
    var printer = new DtsPrinter();
    printer.out.append("/dts-v1/;\n\n");
    for (DeviceTree.Reservation reservation : tree.reservations()) {
      printer.out.append(
          "/memreserve/ %#x %#x;\n".formatted(reservation.address(), reservation.size()));
    }
    printer.node(tree.root(), "");
    return printer.out.toString();
  }

  static String print(Node node) {
    var printer = new DtsPrinter();
    printer.node(node, "");
    return printer.out.toString();
  }

  static String print(Property property) {
    byte[] value = property.bytes();
    if (value.length == 0) {
      return property.name() + ";";
    }
    return property.name() + " = " + value(property, value) + ";";
  }

  private void node(Node node, String indent) {
    out.append(indent).append(node.name().isEmpty() ? "/" : node.name()).append(" {\n");
    String inner = indent + "\t";
    for (Property property : node.properties()) {
      out.append(inner).append(print(property)).append('\n');
    }
    for (Node child : node.children()) {
      out.append('\n');
      node(child, inner);
    }
    out.append(indent).append("};\n");
  }

  private static String value(Property property, byte[] value) {
    if (property.looksLikeText()) {
      String text = new String(value, 0, value.length - 1, StandardCharsets.US_ASCII);
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\0", "\", \"") + '"';
    }
    if (value.length % 4 == 0) {
      var cells = new ArrayList<String>();
      ByteBuffer in = ByteBuffer.wrap(value);
      while (in.hasRemaining()) {
        cells.add("0x" + Integer.toHexString(in.getInt()));
      }
      return '<' + String.join(" ", cells) + '>';
    }
    return '[' + HexFormat.ofDelimiter(" ").formatHex(value) + ']';
  }
}
