package hospes.host.guest;

import hospes.host.memory.HostMemory;
import hospes.host.schedule.HostTime;
import hospes.host.schedule.Scheduler;
import java.util.List;

/// What a guest has of its host.
interface GuestHome {
  HostTime time();

  Scheduler scheduler();

  /// The memory of all guests.
  HostMemory memory();

  /// A guest is there from now on.
  void adopt(Guest guest);

  /// A guest is no more.
  void forget(Guest guest);

  /// Forks that did not enter yet; on the parent's thread.
  List<Guest> fork(Guest parent, int count, IdentityChoice choice);
}
