package hospes.engine;

/// How an architecture's instructions lie in memory.
///
/// Code is counted in *slots*: the places at which an instruction may begin.
///
/// @param slotShift log2 of a slot's bytes
/// @param lengthMask mask of an instruction's length in slots, which stands in its packed form (see
/// [Decoder]) from bit [#LENGTH_SHIFT] on
/// @param longest slots of the longest instruction that is decoded in place
/// @param operands where decoded operands are
public record CodeLayout(int slotShift, int lengthMask, int longest, Operands operands) {
  /// Where decoded operands are.
  public enum Operands {
    /// In the packed instruction.
    PACKED,
    /// In a list beside it.
    LISTED
  }

  /// Where in a packed instruction its length begins.
  public static final int LENGTH_SHIFT = 9;

  /// Instructions of two or four bytes at even addresses.
  public static final CodeLayout HALFWORDS = new CodeLayout(1, 3, 2, Operands.PACKED);

  /// Instructions of any length at any address.
  public static final CodeLayout BYTES = new CodeLayout(0, 0x7fff, 64, Operands.LISTED);

  /// Slots in a page.
  public int slots() {
    return 1 << CodePage.SHIFT - slotShift;
  }

  /// The slot of an address in its page.
  public int slot(long address) {
    return (int) address >>> slotShift & slots() - 1;
  }

  /// The page of a position, which is a slot counted from the start of some page: how many pages it
  /// is away from that one.
  public int page(int position) {
    return position >> CodePage.SHIFT - slotShift;
  }

  /// The slot of a position in its page.
  public int slotAt(int position) {
    return position & slots() - 1;
  }

  /// Bytes in so many slots.
  public long bytes(int slots) {
    return (long) slots << slotShift;
  }

  /// Slots in so many bytes.
  public int slotsIn(long bytes) {
    return (int) (bytes >> slotShift);
  }

  /// Slots that an instruction takes, by its packed form.
  public int length(long instruction) {
    return (int) (instruction >>> LENGTH_SHIFT) & lengthMask;
  }
}
