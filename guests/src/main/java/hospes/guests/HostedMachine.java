package hospes.guests;

import hospes.machine.Machine;
import hospes.machine.Port;
import java.util.List;
import java.util.Optional;

/// A machine in the hands of a host: what can be done with it as a whole. Belongs to the thread
/// that runs the guest, and is asked for these things between two of its steps.
public interface HostedMachine extends Machine {
  /// Its ports, a line for each shape that one takes.
  List<Port> ports();

  /// What it is.
  Description description();

  /// A second machine that goes on from here beside this one; the two share memory, and translated
  /// code, as long as neither changes it. What waits in the inbox stays here.
  ///
  /// @throws RefusedException where it cannot be forked with what it is given
  HostedMachine fork(Resources given, Identity who);

  /// The whole state now. This machine may go on, and be closed, before what is returned is.
  Frozen freeze();

  /// A power that the machine may have, such as [hospes.guests.facet.Statistics].
  <T> Optional<T> facet(Class<T> what);
}
