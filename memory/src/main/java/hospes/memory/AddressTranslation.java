package hospes.memory;

/// An architecture's own translation of virtual to physical addresses, asked when the software TLB
/// has no entry.
public interface AddressTranslation {
  /// Bit of a translation's answer: the whole page is translated alike and may enter the TLB.
  long WHOLE_PAGE = 1;

  /// The physical address of the *page* of `virtualAddress`, with [#WHOLE_PAGE] or nothing in its
  /// low bits. Throws the architecture's own trap where the guest's tables forbid the access.
  long translate(long virtualAddress, Access access, int bytes);

  /// The architecture's trap for an access to a physical address where nothing answers.
  RuntimeException accessFault(long virtualAddress, Access access);
}
