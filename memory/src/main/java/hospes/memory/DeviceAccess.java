package hospes.memory;

/// Physical addresses outside RAM: where devices answer.
public interface DeviceAccess {
  /// Whether a device answers an access of `bytes` at this address.
  boolean answers(long physicalAddress, int bytes);

  /// Reads 1, 2, 4 or 8 bytes from a device, zero-extended.
  long read(long physicalAddress, int bytes);

  /// Writes 1, 2, 4 or 8 bytes to a device.
  void write(long physicalAddress, int bytes, long value);
}
