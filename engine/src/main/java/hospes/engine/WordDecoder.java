package hospes.engine;

/// Decodes instructions that are words of two or four bytes, with all operands in the packed form.
public abstract class WordDecoder implements Decoder {
  /// The length of a short instruction in the packed form.
  public static final int SHORT = 1 << CodeLayout.LENGTH_SHIFT;

  /// The length of a long instruction in the packed form.
  public static final int LONG = 2 << CodeLayout.LENGTH_SHIFT;

  /// A decoder.
  protected WordDecoder() {}

  /// Whether an instruction is two bytes long, by its first two bytes.
  public abstract boolean isShort(int bits);

  /// Decodes an instruction of two or four bytes.
  public abstract long decode(int bits);

  @Override
  public final CodeLayout layout() {
    return CodeLayout.HALFWORDS;
  }

  @Override
  public final void decode(CodePage page, int slot) {
    int bits = page.read(slot);
    if (isShort(bits)) {
      page.put(slot, decode(bits));
    } else if (slot == layout().slots() - 1) {
      page.put(slot, APART);
    } else {
      page.put(slot, decode(bits | page.read(slot + 1) << Short.SIZE));
    }
  }

  /// The instruction word in a slot as it stands in memory now; of one that goes on in the next
  /// page, only the first half.
  public final int word(CodePage page, int slot) {
    int bits = page.read(slot);
    return isShort(bits) || slot == layout().slots() - 1
        ? bits
        : bits | page.read(slot + 1) << Short.SIZE;
  }
}
