package hospes.host.engine;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A region was translated.
@Name("hospes.RegionTranslated")
@Label("Region Translated")
@Description("A region of guest code was translated to a JVM method")
@Category({"Hospes", "Engine"})
@StackTrace(false)
final class RegionTranslatedEvent extends Event {
  @Label("Virtual Address")
  @Description("Where the region begins, as the guest saw it then")
  @MemoryAddress
  long virtualAddress;

  @Label("Physical Address")
  @MemoryAddress
  long physicalAddress;

  @Label("Guest Instructions")
  int instructions;

  @Label("Bytecode Size")
  @DataAmount(DataAmount.BYTES)
  int bytecodeSize;

  @Label("Translation Time")
  @Timespan(Timespan.NANOSECONDS)
  long translationTime;
}
