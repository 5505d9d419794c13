package hospes.zmachine;

import hospes.engine.CodeCache;
import hospes.engine.EngineSettings;
import hospes.engine.translator.OperationTable;
import hospes.memory.FrameTable;

/// Where the code of a story is decoded and translated.
final class ZCode {
  /// One for all guests, so that they can share translations.
  private static final OperationTable OPERATIONS = ZOperations.table();

  private ZCode() {}

  /// The decoder of a story.
  static ZDecoder decoder(Story story) {
    return new ZDecoder(story.version(), story.staticBase(), story.length());
  }

  /// The code of a story, as the engine works on it.
  static CodeCache cache(Story story, FrameTable memory, EngineSettings engine) {
    return new CodeCache(
        decoder(story),
        OPERATIONS,
        new ZDisassembler(story.version(), story.length()),
        memory,
        engine);
  }
}
