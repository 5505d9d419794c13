package hospes.zmachine;

import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.Decoder;
import hospes.engine.ListedTable;
import hospes.engine.ListedTable.Names;
import hospes.engine.translator.MixedKind;
import java.util.Optional;

/// Decodes Z-code. Z-Machine Standards 1.1, section 4.
///
/// The two addresses at which no routine can be, 0 and 1, are taken for the instructions `rfalse`
/// and `rtrue`: that is what branches to such a distance mean (4.7.1).
final class ZDecoder implements Decoder {
  private static final ListedTable TABLE = ZInstructions.table();

  private final int version;
  private final long firstConstant;
  private final int end;

  /// @param version of the story
  /// @param firstConstant the address from which on memory never changes
  /// @param end the address behind the story
  ZDecoder(int version, long firstConstant, int end) {
    this.version = version;
    this.firstConstant = firstConstant;
    this.end = end;
  }

  /// What stands at an address in the memory of the guest that a page is of: forks share a decoder.
  private Optional<ZEncoding.Instruction> read(CodePage page, long address) {
    return new ZEncoding(TABLE, new PageBytes(page, end), version).read(address);
  }

  @Override
  public CodeLayout layout() {
    return CodeLayout.BYTES;
  }

  /// In the page in which constant memory begins, code below that is decoded apart.
  @Override
  public boolean isConstant(long physicalAddress) {
    return physicalAddress + layout().slots() > firstConstant;
  }

  @Override
  public void decode(CodePage page, int slot) {
    long address = page.physicalAddress(slot);
    if (address < 2) {
      putReturn(page, slot);
      return;
    }
    Optional<ZEncoding.Instruction> found = read(page, address);
    if (found.isEmpty()) {
      page.put(slot, ILLEGAL);
    } else if (isApart(page, slot, found.get())) {
      page.put(slot, APART);
    } else {
      put(page, slot, found.get());
    }
  }

  private void putReturn(CodePage page, int slot) {
    ListedTable.Entry entry = TABLE.find("0OP", slot == 0 ? 177 : 176, version).orElseThrow();
    page.put(
        slot,
        entry.operation() | 1L << CodeLayout.LENGTH_SHIFT,
        entry.instruction().list(0, new int[0], 0, 0));
  }

  /// Whether an instruction cannot be decoded once and for all: it is not known yet what it names,
  /// it is too long, its end lies in another page and may change, or it may change itself and
  /// nobody would tell.
  private boolean isApart(CodePage page, int slot, ZEncoding.Instruction instruction) {
    long address = page.physicalAddress(slot);
    return namesByValue(instruction)
        || address < firstConstant && isConstant(page.physicalAddress())
        || instruction.length() >= layout().longest()
        || slot + instruction.length() > layout().slots()
            && page.physicalAddress(layout().slots()) < firstConstant;
  }

  private static boolean namesByValue(ZEncoding.Instruction instruction) {
    return instruction.entry().names() == Names.FIRST
        && instruction.operands().length > 0
        && instruction.operands()[0] >= MixedKind.NAMES;
  }

  private void put(CodePage page, int slot, ZEncoding.Instruction instruction) {
    int[] operands = instruction.operands().clone();
    if (instruction.entry().names() == Names.FIRST && operands.length > 0) {
      if (operands[0] > 0xff) {
        page.put(slot, ILLEGAL);
        return;
      }
      operands[0] |= MixedKind.NAMES;
    }
    page.put(
        slot,
        instruction.entry().operation()
            | (long) (instruction.length() & layout().lengthMask()) << CodeLayout.LENGTH_SHIFT,
        instruction
            .entry()
            .instruction()
            .list(
                instruction.result() | MixedKind.NAMES,
                operands,
                instruction.sense(),
                instruction.distance()));
  }

  /// Decodes the instruction at `processor.pc` for this one time, in a page of its own.
  void decodeApart(CodePage page, ZProcessor processor) {
    int slot = layout().slot(processor.pc);
    Optional<ZEncoding.Instruction> found = read(page, processor.pc);
    if (found.isEmpty() || found.get().length() > layout().lengthMask()) {
      page.put(slot, ILLEGAL);
      return;
    }
    ZEncoding.Instruction instruction = found.get();
    if (namesByValue(instruction)) {
      instruction.operands()[0] = processor.value(instruction.operands()[0]);
    }
    put(page, slot, instruction);
  }
}
