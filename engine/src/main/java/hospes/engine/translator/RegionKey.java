package hospes.engine.translator;

import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.Decoder;
import hospes.engine.translator.Operation.Result;

/// What can be told of a region in a moment: the architecture, the slot of its entry, and how it
/// begins. Regions of the same content have the same key; few others do.
///
/// @param table the architecture
/// @param slot the slot of the entry
/// @param opening a digest of the first instructions
public record RegionKey(OperationTable table, int slot, long opening) {
  /// Instructions that are looked at.
  private static final int INSTRUCTIONS = 4;

  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  /// The key of a region that begins in a slot of a page.
  static RegionKey of(OperationTable table, CodePage page, int slot) {
    long digest = 0;
    int at = slot;
    CodeLayout layout = table.layout();
    for (int i = 0; i < INSTRUCTIONS && at < layout.slots(); i++) {
      if (page.instruction(at) == Decoder.UNDECODED) {
        page.decode(at);
      }
      long instruction = page.instruction(at);
      digest = (Long.rotateLeft(digest, 7) ^ instruction) * MULTIPLIER;
      Operation operation = table.translatable(instruction);
      // What stands behind a jump need not be code.
      if (operation == null || operation.result() == Result.JUMP) {
        break;
      }
      at += layout.length(instruction);
    }
    return new RegionKey(table, slot, digest);
  }
}
