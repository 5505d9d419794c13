package hospes.engine;

/// Turns instructions in memory into the packed form that interpreters execute.
///
/// A packed instruction is one `long`: bits 0-8 the operation, its length in slots from bit 9 on
/// (see [CodeLayout]). Where instructions are words, bits 10-15, 16-21 and 22-27 are registers and
/// bits 32-63 everything else (see [WordDecoder]). Where there is no room for the operands, they
/// are *listed*: an array stands beside the packed instruction, and a digest of it in bits 32-63.
public interface Decoder {
  /// Operation of a slot that was not decoded yet.
  int UNDECODED = 0;

  /// Operation behind a page's last instruction.
  int END_OF_PAGE = 1;

  /// Operation of an instruction that is not decoded in place, but apart, each time that it is
  /// executed: one that goes on in the next page, for example.
  int APART = 2;

  /// Operation of an instruction that means nothing.
  int ILLEGAL = 3;

  /// Operation of a slot in which a region begins.
  int TRANSLATED = 4;

  /// The first operation that an architecture may use.
  int FIRST = 5;

  /// Mask of the operation.
  int OPERATION = 0x1ff;

  /// How instructions lie in memory.
  CodeLayout layout();

  /// Whether no instruction that is decoded in place in this page ever changes, so that nobody need
  /// tell of writes to it.
  default boolean isConstant(long physicalAddress) {
    return false;
  }

  /// Decodes the instruction in a slot of a page, and puts it there.
  void decode(CodePage page, int slot);
}
