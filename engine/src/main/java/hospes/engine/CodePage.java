package hospes.engine;

import hospes.memory.FrameTable;
import java.util.Arrays;

/// The decoded code of one physical page: a packed instruction for each halfword at which one may
/// begin, decoded when first reached.
public final class CodePage {
  /// Log2 of the page's size.
  public static final int SHIFT = 12;

  /// Halfwords in a page.
  public static final int SLOTS = 1 << SHIFT - 1;

  /// The packed instructions, and two slots behind the page for those that run over its end.
  public final long[] code = new long[SLOTS + 2];

  private final Decoder decoder;
  private final FrameTable memory;
  private final long physicalAddress;
  private final int patience;
  private int idleWrites;

  /// Code at a physical address, which may be written `patience` times beside its decoded
  /// instructions before it is taken for data.
  CodePage(Decoder decoder, FrameTable memory, long physicalAddress, int patience) {
    this.patience = patience;
    this.decoder = decoder;
    this.memory = memory;
    this.physicalAddress = physicalAddress;
    code[SLOTS] = Decoder.END_OF_PAGE;
    code[SLOTS + 1] = Decoder.END_OF_PAGE;
  }

  /// A page of no memory, for instructions that are put together from two pages.
  public static CodePage detached(Decoder decoder, FrameTable memory) {
    return new CodePage(decoder, memory, 0, 0);
  }

  /// Decodes the instruction in a slot.
  public void decode(int slot) {
    long address = physicalAddress + 2L * slot;
    int bits = (int) memory.read(address, Short.BYTES);
    if (decoder.isShort(bits)) {
      code[slot] = decoder.decode(bits);
    } else if (slot == SLOTS - 1) {
      code[slot] = Decoder.STRADDLING;
    } else {
      code[slot] = decoder.decode(bits | (int) memory.read(address + 2, Short.BYTES) << 16);
    }
  }

  /// The address of the page in physical memory.
  public long physicalAddress() {
    return physicalAddress;
  }

  /// Forgets what was decoded from `length` bytes at `offset`; whether the page is still worth
  /// watching.
  boolean written(int offset, int length) {
    int first = Math.max(0, offset / 2 - 1);
    int last = Math.min(SLOTS - 1, (offset + length - 1) / 2);
    boolean hit = false;
    for (int slot = first; slot <= last; slot++) {
      hit |= code[slot] != Decoder.UNDECODED;
      code[slot] = Decoder.UNDECODED;
    }
    return hit || ++idleWrites < patience;
  }

  /// Forgets all that was decoded.
  void clear() {
    Arrays.fill(code, 0, SLOTS, Decoder.UNDECODED);
  }
}
