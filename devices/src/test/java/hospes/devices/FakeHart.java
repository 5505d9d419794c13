package hospes.devices;

import java.util.EnumSet;
import java.util.Set;

/// A hart whose interrupt inputs a test can look at.
final class FakeHart implements HartLines {
  private final Set<HartInterrupt> high = EnumSet.noneOf(HartInterrupt.class);

  @Override
  public void set(HartInterrupt which, Level level) {
    if (level == Level.HIGH) {
      high.add(which);
    } else {
      high.remove(which);
    }
  }

  Set<HartInterrupt> high() {
    return high;
  }
}
