package hospes.zmachine;

/// What becomes of what the user types, beside being read.
enum ScriptMode {
  /// Nothing.
  NONE,
  /// It is written down by a port.
  WRITTEN
}
