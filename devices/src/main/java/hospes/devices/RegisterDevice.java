package hospes.devices;

/// A device that is a [RegisterTable]: its constructor lists the registers, the rest is what they
/// do.
public abstract class RegisterDevice implements Device {
  /// The registers, at offsets from the device's first address.
  protected final RegisterTable registers;

  private final String name;

  /// A device whose registers have four bytes unless they say otherwise.
  protected RegisterDevice(String name) {
    this(name, Integer.BYTES);
  }

  /// A device whose registers have `defaultWidth` bytes unless they say otherwise.
  protected RegisterDevice(String name, int defaultWidth) {
    this.name = name;
    this.registers = new RegisterTable(defaultWidth);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final long read(long offset, int bytes) {
    return registers.read(offset, bytes);
  }

  @Override
  public final void write(long offset, int bytes, long value) {
    registers.write(offset, bytes, value);
  }
}
