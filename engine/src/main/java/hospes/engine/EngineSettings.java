package hospes.engine;

/// How the engine of one guest works.
///
/// @param mode which tiers it uses
/// @param threshold how often the target of a jump is reached before it is translated
/// @param translating where translations are made: on the calling thread, or in the background.
///     When they are finished never changes what a guest computes
/// @param library where regions are found, and kept for others. One for all guests of a process
///     saves the most
/// @param introspection who looks into it
public record EngineSettings(
    EngineMode mode,
    int threshold,
    TranslationService translating,
    RegionLibrary library,
    Introspection introspection) {
  /// Often enough that translating, and HotSpot's compiling what comes of it, pays.
  private static final int HOT = 5_000;

  /// An engine into which nobody looks.
  public EngineSettings(
      EngineMode mode, int threshold, TranslationService translating, RegionLibrary library) {
    this(mode, threshold, translating, library, Introspection.NONE);
  }

  /// Settings with a library of their own.
  public EngineSettings(EngineMode mode, int threshold, TranslationService translating) {
    this(mode, threshold, translating, new RegionLibrary());
  }

  /// The interpreter alone.
  public static EngineSettings interpreter() {
    return new EngineSettings(EngineMode.INTERPRETER, Integer.MAX_VALUE, Runnable::run);
  }

  /// Translation at first sight, on the guest's thread.
  public static EngineSettings translator() {
    return new EngineSettings(EngineMode.TRANSLATOR, 1, Runnable::run);
  }

  /// Interpreter and translator, with translations made by `translating`.
  public static EngineSettings auto(TranslationService translating) {
    return new EngineSettings(EngineMode.AUTO, HOT, translating);
  }

  /// Interpreter and translator, with translations made by `translating` and shared with the other
  /// guests that use `library`.
  public static EngineSettings auto(TranslationService translating, RegionLibrary library) {
    return new EngineSettings(EngineMode.AUTO, HOT, translating, library);
  }

  /// The same engine, looked into.
  public EngineSettings with(Introspection newIntrospection) {
    return new EngineSettings(mode, threshold, translating, library, newIntrospection);
  }
}
