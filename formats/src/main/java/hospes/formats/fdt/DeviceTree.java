package hospes.formats.fdt;

import hospes.formats.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A device tree: what a board tells its operating system about itself. Devicetree Specification
/// 0.4.
///
/// ```java
/// var tree = new DeviceTree();
/// tree.root().strings("compatible", "riscv-virtio").cells("#address-cells", 2);
/// tree.root().child("memory@80000000").longs("reg", 0x8000_0000L, 1L << 30);
/// byte[] dtb = tree.toDtb();
/// ```
public final class DeviceTree {
  /// A part of physical memory that the operating system must leave alone. 5.3.
  public record Reservation(long address, long size) {}

  private final Node root = new Node(this, "");
  private final List<Reservation> reservations = new ArrayList<>();
  private int bootHart;
  private int lastPhandle;

  /// Reads a flattened tree. 5.
  ///
  /// @param dtb the file; bytes after the size that its header states are ignored
  /// @throws FormatException if the bytes are no flattened device tree of a version between 16 and
  /// 17 (or a later one
  ///     that is compatible with them), or are truncated or corrupt
  public static DeviceTree parse(byte[] dtb) throws FormatException {
    return new DtbReader(ByteBuffer.wrap(dtb)).read();
  }

  public Node root() {
    return root;
  }

  /// The node at a path from the root such as `/soc/serial@10000000`; each part must match exactly.
  public Optional<Node> find(String path) {
    Node node = root;
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        Optional<Node> next = node.find(part);
        if (next.isEmpty()) {
          return Optional.empty();
        }
        node = next.get();
      }
    }
    return Optional.of(node);
  }

  public List<Reservation> reservations() {
    return List.copyOf(reservations);
  }

  /// Adds a reservation of memory.
  public DeviceTree reserve(long address, long size) {
    reservations.add(new Reservation(address, size));
    return this;
  }

  /// The physical number of the hart that boots.
  public int bootHart() {
    return bootHart;
  }

  public DeviceTree bootHart(int hart) {
    bootHart = hart;
    return this;
  }

  /// The flattened form, version 17.
  public byte[] toDtb() {
    return DtbWriter.write(this);
  }

  /// The tree in device tree source form, which `dtc` accepts.
  @Override
  public String toString() {
    return DtsPrinter.print(this);
  }

  int nextPhandle() {
    if (lastPhandle == 0) {
      var todo = new ArrayDeque<Node>(List.of(root));
      while (!todo.isEmpty()) {
        Node node = todo.remove();
        todo.addAll(node.children());
        if (node.property("phandle").isPresent()) {
          lastPhandle = Math.max(lastPhandle, node.phandle());
        }
      }
    }
    return ++lastPhandle;
  }
}
