package hospes.guests.facet;

/// A machine with processors that other programs have a name for.
@FunctionalInterface
public interface Processors {
  /// The architecture as other programs call it, such as `riscv64`.
  String architecture();
}
