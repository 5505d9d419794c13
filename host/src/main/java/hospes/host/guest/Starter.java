package hospes.host.guest;

/// Brings a machine to where a guest begins: at power-on, or at what a template holds.
@FunctionalInterface
public interface Starter {
  /// The machine.
  ///
  /// @throws hospes.host.HostException where it cannot be built
  GuestMachine start(Supplies supplies);
}
