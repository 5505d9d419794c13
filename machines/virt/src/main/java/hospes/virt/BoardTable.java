package hospes.virt;

import hospes.devices.Bus;
import hospes.devices.Device;
import hospes.devices.DeviceBinding;
import hospes.formats.fdt.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A board as data: which device is at which address, with which interrupt, and what a device tree
/// says of it beside what the device itself does. Bus and device tree are both made from it
/// (DESIGN.md, law 5).
final class BoardTable {
  /// One line of the table.
  static final class Entry {
    private final long base;
    private final long size;
    private final Device device;
    private int interrupt;
    private Consumer<Node> properties = node -> {};

    private Entry(long base, long size, Device device) {
      this.base = base;
      this.size = size;
      this.device = device;
    }

    /// The interrupt that the device raises at the PLIC.
    Entry irq(int newInterrupt) {
      interrupt = newInterrupt;
      return this;
    }

    /// What the device tree says of the device that follows from how the board is wired.
    Entry properties(Consumer<Node> newProperties) {
      properties = newProperties;
      return this;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  /// Adds a device.
  Entry at(long base, long size, Device device) {
    Entry entry = new Entry(base, size, device);
    entries.add(entry);
    return entry;
  }

  /// All devices, in the order of the table.
  List<Device> devices() {
    return entries.stream().map(entry -> entry.device).toList();
  }

  void attachTo(Bus bus) {
    entries.forEach(entry -> bus.attach(entry.base, entry.size, entry.device));
  }

  /// Describes all devices under `soc`.
  void describe(Node soc, int interruptController) {
    for (Entry entry : entries) {
      DeviceBinding binding = entry.device.binding();
      Node node =
          soc.child("%s@%x".formatted(binding.node(), entry.base))
              .longs("reg", entry.base, entry.size);
      if (entry.interrupt != 0) {
        node.cells("interrupts", entry.interrupt).cells("interrupt-parent", interruptController);
      }
      node.strings("compatible", binding.compatible());
      entry.properties.accept(node);
    }
  }
}
