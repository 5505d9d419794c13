package hospes.engine;

/// How guest code is executed. The choice never changes what a guest computes.
public enum EngineMode {
  /// One instruction after the other.
  INTERPRETER,
  /// Everything that can be translated is translated when it is first reached, on the guest's own
  /// thread: slow to start, and the strictest test of the translator.
  TRANSLATOR,
  /// The interpreter begins; what turns out to be hot is translated.
  AUTO
}
