package hospes.engine.translator;

/// Ways of making translations that help to find errors in them.
public enum EngineDebugging {
  /// None.
  NONE,
  /// Regions call the instructions' methods instead of containing copies, so that a debugger's
  /// breakpoints in them work.
  CALLS,
  /// The class file of each region is handed out, with a listing that its line numbers refer to.
  DUMP
}
