package hospes.devices.virtio;

import hospes.devices.DeviceBinding;
import hospes.devices.RegisterDevice;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// A virtio-mmio slot with nothing in it: a driver reads device type 0 and passes on (Virtio 1.2,
/// 4.2.2).
public final class EmptyVirtioSlot extends RegisterDevice {
  /// A slot.
  public EmptyVirtioSlot(String name) {
    super(name);
    registers.at(0x000, "MagicValue").readOnly(() -> VirtioMmio.MAGIC);
    registers.at(0x004, "Version").readOnly(() -> VirtioMmio.VERSION);
    registers.at(0x008, "DeviceID").readOnly(() -> 0);
    registers.at(0x00c, "VendorID").readOnly(() -> VirtioMmio.VENDOR);
  }

  @Override
  public DeviceBinding binding() {
    return VirtioMmio.BINDING;
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    // No state.
  }

  @Override
  public void restore(RecordReader in) {
    // No state.
  }
}
