package hospes.formats.fdt;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Writes the flattened form, version 17. Devicetree Specification 0.4, 5.
final class DtbWriter {
  static final int MAGIC = 0xd00d_feed;
  static final int BEGIN_NODE = 1;
  static final int END_NODE = 2;
  static final int PROP = 3;
  static final int NOP = 4;
  static final int END = 9;
  static final int HEADER_SIZE = 40;

  private final ByteArrayOutputStream structureBytes = new ByteArrayOutputStream();
  private final DataOutputStream structure = new DataOutputStream(structureBytes);
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final Map<String, Integer> stringOffsets = new HashMap<>();

  private DtbWriter() {}

  static byte[] write(DeviceTree tree) {
    var writer = new DtbWriter();
    try {
      writer.node(tree.root());
      writer.structure.writeInt(END);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return writer.assemble(tree);
  }

  private byte[] assemble(DeviceTree tree) {
    int structureOffset = HEADER_SIZE + 16 * (tree.reservations().size() + 1);
    int stringsOffset = structureOffset + structureBytes.size();
    int size = stringsOffset + strings.size();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(MAGIC)
        .putInt(size)
        .putInt(structureOffset)
        .putInt(stringsOffset)
        .putInt(HEADER_SIZE);
    out.putInt(17).putInt(16).putInt(tree.bootHart());
    out.putInt(strings.size()).putInt(structureBytes.size());
    for (DeviceTree.Reservation reservation : tree.reservations()) {
      out.putLong(reservation.address()).putLong(reservation.size());
    }
    out.putLong(0).putLong(0);
    out.put(structureBytes.toByteArray()).put(strings.toByteArray());
    return out.array();
  }

  private void node(Node node) throws IOException {
    structure.writeInt(BEGIN_NODE);
    structure.write(node.name().getBytes(StandardCharsets.US_ASCII));
    structure.write(0);
    align();
    for (Property property : node.properties()) {
      structure.writeInt(PROP);
      structure.writeInt(property.length());
      structure.writeInt(stringOffset(property.name()));
      structure.write(property.bytes());
      align();
    }
    for (Node child : node.children()) {
      node(child);
    }
    structure.writeInt(END_NODE);
  }

  private int stringOffset(String name) {
    return stringOffsets.computeIfAbsent(
        name,
        key -> {
          int offset = strings.size();
          strings.writeBytes(key.getBytes(StandardCharsets.US_ASCII));
          strings.write(0);
          return offset;
        });
  }

  private void align() throws IOException {
    while (structure.size() % 4 != 0) {
      structure.write(0);
    }
  }
}
