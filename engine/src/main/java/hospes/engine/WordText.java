package hospes.engine;

import java.util.function.Supplier;

/// Writes instructions that are words as text, as the disassembler does.
public final class WordText implements CodeText {
  private final WordDecoder decoder;
  private final Supplier<InstructionTable> table;

  /// @param table made when the first instruction is to be written
  public WordText(WordDecoder decoder, Supplier<InstructionTable> table) {
    this.decoder = decoder;
    this.table = table;
  }

  @Override
  public Line line(CodePage page, int slot, long address) {
    int word = decoder.word(page, slot);
    Disassembler disassembler =
        new Disassembler(table.get(), Disassembler.Style.ALIASES, "0x%x"::formatted);
    return new Line(
        decoder.isShort(word) ? "%04x".formatted(word) : "%08x".formatted(word),
        disassembler.disassemble(address, word).replace('\t', ' '));
  }
}
