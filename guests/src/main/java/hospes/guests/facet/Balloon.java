package hospes.guests.facet;

import java.util.OptionalInt;

/// A machine that can be asked to do without a part of its memory, by
/// [hospes.machine.PortName#BALLOON].
@FunctionalInterface
public interface Balloon {
  /// Pages of 4 KiB that it gave up; empty where nobody in it drives the balloon.
  OptionalInt balloonPages();
}
