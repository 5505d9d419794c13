package hospes.engine;

/// Writes code as text, for those who look into the engine.
@FunctionalInterface
public interface CodeText {
  /// An instruction.
  ///
  /// @param bytes what stands in memory
  /// @param instruction what it means
  record Line(String bytes, String instruction) {}

  /// The instruction in a slot of a page, as it stands in memory now.
  ///
  /// @param address its virtual address
  Line line(CodePage page, int slot, long address);
}
