package hospes.devices;

/// The board's power switch, in the hands of the guest.
public interface PowerControl {
  /// Switches the machine off.
  ///
  /// @param exitCode 0 for success, else the guest's own failure code
  void powerOff(int exitCode);

  /// Brings the machine back to its state of power-on.
  void reset();
}
