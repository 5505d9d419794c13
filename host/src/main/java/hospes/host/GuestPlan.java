package hospes.host;

/// What to start: a machine, and how it is treated.
public interface GuestPlan {
  /// Name, share of time, console and limits.
  GuestSettings settings();

  /// Builds the machine.
  MachineFactory machines();
}
