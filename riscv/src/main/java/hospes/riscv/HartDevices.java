package hospes.riscv;

import hospes.memory.DeviceAccess;

/// The devices as the instructions of a hart reach them. A load does not look whether execution is
/// to end, whatever line the device raises; the line is seen when the hart looks the next time.
record HartDevices(Hart hart, DeviceAccess devices) implements DeviceAccess {
  @Override
  public boolean answers(long physicalAddress, int bytes) {
    return devices.answers(physicalAddress, bytes);
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    hart.hold();
    long value = devices.read(physicalAddress, bytes);
    hart.release();
    return value;
  }

  @Override
  public void write(long physicalAddress, int bytes, long value) {
    devices.write(physicalAddress, bytes, value);
  }
}
