package hospes.devices;

import java.util.List;

/// How a device tree describes devices of one kind, wherever a board puts them (Devicetree
/// Specification 0.4).
///
/// @param node the generic name of a node (2.2.2)
/// @param compatible what drivers know the device as, the most specific name first (2.3.1)
public record DeviceBinding(String node, List<String> compatible) {
  /// A binding.
  public DeviceBinding(String node, String... compatible) {
    this(node, List.of(compatible));
  }
}
