package hospes.virt;

import hospes.formats.FormatException;
import hospes.formats.fdt.DeviceTree;
import hospes.formats.fdt.Node;
import hospes.guests.Problem.Remedy;

/// A device tree that the user gave in the place of the board's own: only `/chosen` is brought in
/// line with what was loaded.
final class DeviceTreeOverride {
  private DeviceTreeOverride() {}

  static byte[] apply(byte[] given, VirtSpec spec, VirtDeviceTree.Initrd initrd) {
    DeviceTree tree;
    try {
      tree = DeviceTree.parse(given);
    } catch (FormatException damaged) {
      throw VirtSpec.refused(
          "the device tree in the place of the board's own is damaged: " + damaged.getMessage(),
          new Remedy.Change(VirtOptions.DTB));
    }
    Node chosen = tree.find("/chosen").orElseGet(() -> tree.root().child("chosen"));
    if (!spec.commandLine().isEmpty()) {
      chosen.strings("bootargs", spec.commandLine());
    }
    if (initrd.end() > initrd.start()) {
      chosen.longs("linux,initrd-start", initrd.start()).longs("linux,initrd-end", initrd.end());
    }
    return tree.toDtb();
  }
}
