package hospes.engine;

/// Why a run of regions, each leading to the next, ended and the interpreter took over.
public enum RegionExit {
  /// An instruction trapped.
  TRAP,
  /// Something asked for it: a store changed the code or a device, or an interrupt may be pending.
  ASKED,
  /// The budget was spent to the last instruction.
  BUDGET,
  /// The next region could not be entered: the budget is too small for its longest way without a
  /// check, its pages are mapped otherwise now, or its extension is switched off.
  REFUSED,
  /// No region begins at the next instruction, or nobody executed from its page yet.
  UNTRANSLATED
}
