package hospes.host;

/// What to start: a machine, and how it is treated.
public interface GuestPlan {
  /// Name, share of time, console and limits.
  GuestSettings settings();

  /// Builds the machine.
  MachineFactory machines();

  /// The same guest with another [label][GuestSettings#label].
  default GuestPlan labelled(String label) {
    GuestPlan plan = this;
    return new GuestPlan() {
      @Override
      public GuestSettings settings() {
        return plan.settings().labelled(label);
      }

      @Override
      public MachineFactory machines() {
        return plan.machines();
      }
    };
  }
}
