package hospes.engine;

/// How the engine of one guest works.
///
/// @param mode which tiers it uses
/// @param threshold how often the target of a jump is reached before it is translated
/// @param improvement how many instructions are executed in a region before a better one is made of
///     the code
/// @param translating where translations are made: on the calling thread, or in the background.
///     When they are finished never changes what a guest computes
/// @param library where regions are found, and kept for others. One for all guests of a process
///     saves the most
/// @param introspection who looks into it
public record EngineSettings(
    EngineMode mode,
    int threshold,
    long improvement,
    TranslationService translating,
    RegionLibrary library,
    Introspection introspection) {
  /// Often enough that translating, and HotSpot's compiling what comes of it, pays.
  private static final int HOT = 2_000;

  /// About a hundredth of a second.
  private static final long MUCH = 6_000_000;

  /// What a jump is taken for in instructions, unless more is said.
  private static final long INSTRUCTIONS_PER_JUMP = 100;

  /// An engine into which nobody looks, and which improves regions after some hundred instructions
  /// for each jump of the threshold.
  public EngineSettings(
      EngineMode mode, int threshold, TranslationService translating, RegionLibrary library) {
    this(
        mode,
        threshold,
        INSTRUCTIONS_PER_JUMP * threshold,
        translating,
        library,
        Introspection.NONE);
  }

  /// Such settings with a library of their own.
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
    return auto(translating, new RegionLibrary());
  }

  /// Interpreter and translator, with translations made by `translating` and shared with the other
  /// guests that use `library`.
  public static EngineSettings auto(TranslationService translating, RegionLibrary library) {
    return new EngineSettings(EngineMode.AUTO, HOT, MUCH, translating, library, Introspection.NONE);
  }

  /// The same engine, looked into.
  public EngineSettings with(Introspection newIntrospection) {
    return new EngineSettings(mode, threshold, improvement, translating, library, newIntrospection);
  }
}
