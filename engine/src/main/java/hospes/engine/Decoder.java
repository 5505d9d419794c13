package hospes.engine;

/// Turns instruction words into the packed form that interpreters execute.
///
/// A packed instruction is one `long`: bits 0-8 the operation, bit 9 set if it is four bytes long,
/// bits 10-15, 16-21 and 22-27 registers, bits 32-63 everything else.
public interface Decoder {
  /// Operation of a slot that was not decoded yet.
  int UNDECODED = 0;

  /// Operation behind a page's last instruction.
  int END_OF_PAGE = 1;

  /// Operation of an instruction whose second half lies in the next page.
  int STRADDLING = 2;

  /// Operation of an instruction word that means nothing.
  int ILLEGAL = 3;

  /// Operation of a slot in which a region begins.
  int TRANSLATED = 4;

  /// The first operation that an architecture may use.
  int FIRST = 5;

  /// Mask of the operation.
  int OPERATION = 0x1ff;

  /// The length of a short instruction.
  int SHORT = 1 << 9;

  /// The length of a long instruction.
  int LONG = 2 << 9;

  /// Whether an instruction is two bytes long, by its first two bytes.
  boolean isShort(int bits);

  /// Decodes an instruction of two or four bytes.
  long decode(int bits);
}
