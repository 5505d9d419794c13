package hospes.host.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A guest took a trap.
@Name("hospes.GuestTrap")
@Label("Guest Trap")
@Description("A core of a guest took an exception or an interrupt")
@Category({"Hospes", "Guest"})
@StackTrace(false)
final class GuestTrapEvent extends Event {
  @Label("Cause")
  String cause = "";

  @Label("Cause Number")
  @Description("The architecture's number for the cause")
  long code;

  @Label("Program Counter")
  @MemoryAddress
  long programCounter;

  @Label("Trap Value")
  @Description("What the guest is told beside the cause, such as an address")
  @MemoryAddress
  long value;
}
