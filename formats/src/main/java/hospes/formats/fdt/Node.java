package hospes.formats.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A node of a device tree: properties and child nodes, each in the order in which they were added.
/// Devicetree Specification 0.4, 2.2.
///
/// The setters return the node itself, so that a node reads like a table; setting a property again
/// replaces its value.
public final class Node {
  static final int MAX_NAME = 255;

  private final DeviceTree tree;
  private final String name;
  private final Map<String, Property> properties = new LinkedHashMap<>();
  private final Map<String, Node> children = new LinkedHashMap<>();

  Node(DeviceTree tree, String name) {
    this.tree = tree;
    this.name = name;
  }

  /// The name with its unit address, as in `serial@10000000`; empty for the root.
  public String name() {
    return name;
  }

  /// A property without a value, which says something by being there.
  public Node empty(String property) {
    return bytes(property);
  }

  /// A list of strings.
  public Node strings(String property, String... values) {
    return strings(property, List.of(values));
  }

  /// A list of strings.
  public Node strings(String property, List<String> values) {
    int length = 0;
    var encoded = new ArrayList<byte[]>();
    for (String value : values) {
      if (value.indexOf(0) >= 0) {
        throw new IllegalArgumentException("a string of property " + property + " contains NUL");
      }
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      encoded.add(bytes);
      length += bytes.length + 1;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    encoded.forEach(bytes -> out.put(bytes).put((byte) 0));
    return bytes(property, out.array());
  }

  /// A list of 32-bit cells.
  public Node cells(String property, int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    out.asIntBuffer().put(values);
    return bytes(property, out.array());
  }

  /// A list of 64-bit numbers, each of which takes two cells.
  public Node longs(String property, long... values) {
    ByteBuffer out = ByteBuffer.allocate(8 * values.length);
    out.asLongBuffer().put(values);
    return bytes(property, out.array());
  }

  /// Bytes as they are.
  public Node bytes(String property, byte... value) {
    requireName(property);
    properties.put(property, new Property(property, value));
    return this;
  }

  /// Removes the property if it is there.
  public Node remove(String property) {
    properties.remove(property);
    return this;
  }

  /// The child of that name; added if it was not there.
  public Node child(String childName) {
    requireName(childName);
    if (childName.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a node's name cannot contain '/': " + childName);
    }
    return children.computeIfAbsent(childName, key -> new Node(tree, key));
  }

  /// Removes the child and everything below it, if it is there.
  public Node removeChild(String childName) {
    children.remove(childName);
    return this;
  }

  /// The number by which other nodes refer to this one. The first call gives the node a `phandle`
  /// property.
  public int phandle() {
    Property property = properties.get("phandle");
    if (property != null && property.length() == 4) {
      return ByteBuffer.wrap(property.bytes()).getInt();
    }
    int phandle = tree.nextPhandle();
    cells("phandle", phandle);
    return phandle;
  }

  public Optional<Property> property(String propertyName) {
    return Optional.ofNullable(properties.get(propertyName));
  }

  /// The child of that exact name, if it is there.
  public Optional<Node> find(String childName) {
    return Optional.ofNullable(children.get(childName));
  }

  public Collection<Property> properties() {
    return Collections.unmodifiableCollection(properties.values());
  }

  public Collection<Node> children() {
    return Collections.unmodifiableCollection(children.values());
  }

  /// The node and what is below it, in device tree source form.
  @Override
  public String toString() {
    return DtsPrinter.print(this);
  }

  private static void requireName(String name) {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "not a name for a property or node of a device tree: \"" + name + '"');
    }
  }
}
