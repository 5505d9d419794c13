package hospes.devices;

import hospes.machine.Stateful;

/// One piece of emulated hardware, seen through its registers.
///
/// A device acts only inside its methods, on the thread that runs the machine: it has no thread and
/// no clock of its own. Nothing that a guest writes may make it throw. [#restore] takes over the
/// registers but drives no [InterruptLine]: whoever is at the other end restores its own side, so
/// that components can be restored in any order.
public interface Device extends Stateful {
  /// The name on the board, unique there; also the name of its state record.
  String name();

  /// How a device tree describes it; where it is and what its interrupt is, the board knows.
  DeviceBinding binding();

  /// Reads `bytes` (1, 2, 4 or 8) at an offset from the device's first address, zero-extended.
  ///
  /// Reading may have effects, as the manual of the device says. What is not there reads as zero.
  long read(long offset, int bytes);

  /// Writes `bytes` (1, 2, 4 or 8) of `value`, whose upper bits are ignored.
  ///
  /// Writes to what is not there, or cannot be written, have no effect.
  void write(long offset, int bytes, long value);

  @Override
  default String recordName() {
    return name();
  }
}
