package hospes.riscv;

import hospes.engine.CodeCache;
import hospes.engine.EngineSettings;
import hospes.engine.WordDecoder;
import hospes.engine.WordText;
import hospes.engine.translator.OperationTable;
import hospes.memory.FrameTable;

/// Where the code of a RISC-V guest is decoded and translated.
public final class RiscvCode {
  /// One for all guests, so that they can share translations.
  private static final OperationTable OPERATIONS = RiscvOperations.table();

  private RiscvCode() {}

  /// The code in a guest's memory, as the engine works on it. One for all harts of a guest.
  public static CodeCache cache(FrameTable memory, EngineSettings engine) {
    WordDecoder decoder = new RiscvDecoder();
    return new CodeCache(
        decoder, OPERATIONS, new WordText(decoder, RiscvInstructions::table), memory, engine);
  }
}
