package hospes.formats.fdt;

import hospes.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads the flattened form. Devicetree Specification 0.4, 5. Every offset and length comes from
/// the file and is checked before it is used.
final class DtbReader {
  /// Deeper than any real tree, and shallow enough that walking one by recursion is safe.
  private static final int MAX_DEPTH = 64;

  private final ByteBuffer file;
  private ByteBuffer structure = ByteBuffer.allocate(0);
  private ByteBuffer strings = ByteBuffer.allocate(0);

  DtbReader(ByteBuffer file) {
    this.file = file;
  }

  DeviceTree read() throws FormatException {
    if (file.capacity() < DtbWriter.HEADER_SIZE) {
      throw new FormatException("truncated device tree: only " + file.capacity() + " bytes");
    }
    if (file.getInt(0) != DtbWriter.MAGIC) {
      throw new FormatException("not a flattened device tree: it does not start with d0 0d fe ed");
    }
    int size = file.getInt(4);
    if (size < DtbWriter.HEADER_SIZE || size > file.capacity()) {
      throw new FormatException(
          "device tree of %d bytes says that it has %s: it is truncated or corrupt"
              .formatted(file.capacity(), Integer.toUnsignedString(size)));
    }
    int version = file.getInt(20);
    int compatible = file.getInt(24);
    if (version < 16 || compatible > 17) {
      throw new FormatException("device tree of version " + version + "; 16 and 17 are supported");
    }
    int structureOffset = file.getInt(8);
    // Version 16 does not state the structure's length: it ends with its own END token.
    int structureSize = version >= 17 ? file.getInt(36) : size - structureOffset;
    structure = block("structure", structureOffset, structureSize, size);
    strings = block("strings", file.getInt(12), file.getInt(32), size);
    if (structureOffset % 4 != 0) {
      throw new FormatException("device tree whose structure is not aligned to 4 bytes");
    }
    var tree = new DeviceTree().bootHart(file.getInt(28));
    reservations(tree, file.getInt(16), size);
    readNodes(tree.root());
    return tree;
  }

  private ByteBuffer block(String what, int offset, int length, int size) throws FormatException {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new FormatException("device tree whose " + what + " block lies outside the file");
    }
    return file.slice(offset, length);
  }

  private void reservations(DeviceTree tree, int offset, int size) throws FormatException {
    ByteBuffer block = block("reservation", offset, size - offset, size);
    while (block.remaining() >= 16) {
      long address = block.getLong();
      long length = block.getLong();
      if (address == 0 && length == 0) {
        return;
      }
      tree.reserve(address, length);
    }
    throw new FormatException("device tree whose memory reservations do not end");
  }

  private void readNodes(Node root) throws FormatException {
    int begin = token();
    if (begin != DtbWriter.BEGIN_NODE || !nodeName().isEmpty()) {
      throw new FormatException("device tree without a root node");
    }
    readNode(root, 1);
    if (token() != DtbWriter.END) {
      throw new FormatException("device tree with something after its root node");
    }
  }

  /// Reads what follows a node's name, its end included.
  private void readNode(Node node, int depth) throws FormatException {
    if (depth > MAX_DEPTH) {
      throw new FormatException("device tree with nodes nested deeper than " + MAX_DEPTH);
    }
    while (true) {
      int token = token();
      switch (token) {
        case DtbWriter.PROP -> readProperty(node);
        case DtbWriter.BEGIN_NODE -> {
          String name = nodeName();
          if (node.find(name).isPresent()) {
            throw new FormatException("device tree with two nodes " + name + " in one parent");
          }
          try {
            readNode(node.child(name), depth + 1);
          } catch (IllegalArgumentException e) {
            throw new FormatException("device tree: " + e.getMessage(), e);
          }
        }
        case DtbWriter.END_NODE -> {
          return;
        }
        default ->
            throw new FormatException(
                "device tree with an unknown token " + Integer.toHexString(token));
      }
    }
  }

  private void readProperty(Node node) throws FormatException {
    if (structure.remaining() < 8) {
      throw truncated();
    }
    int length = structure.getInt();
    int nameOffset = structure.getInt();
    if (length < 0 || length > structure.remaining()) {
      throw truncated();
    }
    var value = new byte[length];
    structure.get(value);
    align();
    if (nameOffset < 0 || nameOffset >= strings.capacity()) {
      throw new FormatException("device tree with a property name outside the strings block");
    }
    strings.position(nameOffset);
    try {
      node.bytes(name(strings), value);
    } catch (IllegalArgumentException e) {
      throw new FormatException("device tree: " + e.getMessage(), e);
    }
  }

  private String nodeName() throws FormatException {
    String name = name(structure);
    align();
    return name;
  }

  private static String name(ByteBuffer from) throws FormatException {
    int start = from.position();
    while (from.hasRemaining()) {
      if (from.get() == 0) {
        var bytes = new byte[from.position() - start - 1];
        from.get(start, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
      }
      if (from.position() - start > Node.MAX_NAME) {
        throw new FormatException("device tree with a name longer than " + Node.MAX_NAME);
      }
    }
    throw new FormatException("device tree with a name without an end");
  }

  private int token() throws FormatException {
    while (structure.remaining() >= 4) {
      int token = structure.getInt();
      if (token != DtbWriter.NOP) {
        return token;
      }
    }
    throw truncated();
  }

  private void align() throws FormatException {
    int aligned = (structure.position() + 3) & ~3;
    if (aligned > structure.limit()) {
      throw truncated();
    }
    structure.position(aligned);
  }

  private static FormatException truncated() {
    return new FormatException(
        "device tree whose structure block ends too early: it is truncated or corrupt");
  }
}
