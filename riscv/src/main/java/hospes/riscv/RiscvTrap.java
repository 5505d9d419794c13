package hospes.riscv;

import hospes.machine.Trap;

/// Synchronous exceptions. RISC-V Privileged ISA 20240411, 3.1.15.
public sealed interface RiscvTrap extends Trap {
  /// The code that `xcause` shows for it, taken in a mode.
  default long cause(int mode) {
    return switch (this) {
      case InstructionAccessFault _ -> 1;
      case IllegalInstruction _ -> 2;
      case Breakpoint _ -> 3;
      case LoadAddressMisaligned _ -> 4;
      case LoadAccessFault _ -> 5;
      case StoreAddressMisaligned _ -> 6;
      case StoreAccessFault _ -> 7;
      case EnvironmentCall _ -> 8 + mode;
      case InstructionPageFault _ -> 12;
      case LoadPageFault _ -> 13;
      case StorePageFault _ -> 15;
    };
  }

  /// The address that `xtval` shows for it; 0 where there is none.
  default long address() {
    return 0;
  }

  /// A fetch from where no memory answers, or PMP forbids it.
  record InstructionAccessFault(long address) implements RiscvTrap {}

  /// An instruction that means nothing, or not in this mode. Its word is what xtval will show.
  record IllegalInstruction() implements RiscvTrap {}

  /// EBREAK.
  record Breakpoint(long address) implements RiscvTrap {}

  /// An atomic load from an address that is not aligned.
  record LoadAddressMisaligned(long address) implements RiscvTrap {}

  /// A load from where no memory answers, or PMP forbids it.
  record LoadAccessFault(long address) implements RiscvTrap {}

  /// An atomic store to an address that is not aligned.
  record StoreAddressMisaligned(long address) implements RiscvTrap {}

  /// A store to where no memory answers, or PMP forbids it.
  record StoreAccessFault(long address) implements RiscvTrap {}

  /// ECALL; its cause depends on the mode.
  record EnvironmentCall() implements RiscvTrap {}

  /// A fetch that the page tables forbid.
  record InstructionPageFault(long address) implements RiscvTrap {}

  /// A load that the page tables forbid.
  record LoadPageFault(long address) implements RiscvTrap {}

  /// A store that the page tables forbid.
  record StorePageFault(long address) implements RiscvTrap {}
}
