package hospes.host.engine;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A region is gone.
@Name("hospes.RegionInvalidated")
@Label("Region Invalidated")
@Description("A region is no longer used, because its code was written or its page was forgotten")
@Category({"Hospes", "Engine"})
@StackTrace(false)
final class RegionInvalidatedEvent extends Event {
  @Label("Physical Address")
  @Description("Where the region began")
  @MemoryAddress
  long physicalAddress;

  @Label("Cause")
  String cause = "";

  @Label("Written Address")
  @Description("Physical address of the write, or 0 where there was none")
  @MemoryAddress
  long writtenAddress;

  @Label("Written Size")
  @DataAmount(DataAmount.BYTES)
  int writtenSize;
}
