package hospes.host;

/// Builds a machine for a guest.
@FunctionalInterface
public interface MachineFactory {
  /// The machine, at the start of its run.
  ///
  /// @throws HostException where it cannot be built
  GuestMachine create(MachineWiring wiring);
}
