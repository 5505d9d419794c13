package hospes.engine;

import hospes.engine.translator.EngineDebugging;
import java.util.function.LongSupplier;

/// How one looks into the engine of a guest while it works. Nothing here changes what the guest
/// computes.
///
/// @param debugging how translations are made
/// @param dump takes the class files of regions under [EngineDebugging#DUMP]
/// @param observer is told what happens
/// @param hostTime the host's time in nanoseconds from any moment on, to measure translating with;
///     the engine itself has no clock
public record Introspection(
    EngineDebugging debugging, RegionDump dump, EngineObserver observer, LongSupplier hostTime) {
  /// Nobody looks.
  public static final Introspection NONE =
      new Introspection(
          EngineDebugging.NONE, (name, classFile, listing) -> {}, EngineObserver.NONE, () -> 0);

  /// Takes what regions consist of.
  @FunctionalInterface
  public interface RegionDump {
    /// Takes one region, on the guest's thread. Failures are for the taker to keep.
    ///
    /// @param name of the region, different from all others of this guest, usable as a file name
    /// @param classFile its class; the line numbers in it are those of the listing
    /// @param listing its guest instructions as text
    void write(String name, byte[] classFile, String listing);
  }
}
