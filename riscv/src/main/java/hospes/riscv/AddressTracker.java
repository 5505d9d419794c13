package hospes.riscv;

import hospes.engine.Disassembler;
import java.util.OptionalLong;

/// Follows LUI and AUIPC through a listing, so that the instruction that completes an address can
/// be shown with that address. Also knows what `gp` holds, if the file tells, and that small
/// offsets from `zero` and `tp` are addresses.
final class AddressTracker {
  private static final int GP = 3;
  private static final int TP = 4;

  private final boolean[] known = new boolean[32];
  private final long[] upper = new long[32];
  private final OptionalLong globalPointer;

  private final Disassembler.Style style;

  /// A tracker that knows nothing but `gp`.
  AddressTracker(OptionalLong globalPointer, Disassembler.Style style) {
    this.globalPointer = globalPointer;
    this.style = style;
  }

  /// The address that an instruction completes, if any.
  OptionalLong follow(long address, int bits, boolean isShort) {
    return isShort ? followShort(bits) : followLong(address, bits);
  }

  private OptionalLong followLong(long address, int bits) {
    int rd = bits >>> 7 & 31;
    int rs1 = bits >>> 15 & 31;
    int function = bits >>> 12 & 7;
    return switch (bits & 0x7f) {
      case 0x37 -> remember(rd, bits & ~0xfff);
      case 0x17 -> remember(rd, address + (bits & ~0xfff));
      case 0x03, 0x07 -> complete(rs1, bits >> 20);
      case 0x23, 0x27 -> complete(rs1, bits >> 25 << 5 | rd);
      case 0x13 ->
          function == 0 && !isMove(rs1, bits >> 20)
              ? complete(rs1, bits >> 20)
              : OptionalLong.empty();
      case 0x1b ->
          function == 0 && !isMove(rs1, bits >> 20)
              ? word(complete(rs1, bits >> 20))
              : OptionalLong.empty();
      case 0x67 -> function == 0 ? complete(rs1, bits >> 20) : OptionalLong.empty();
      default -> OptionalLong.empty();
    };
  }

  /// Whether an addition is written without its immediate, or takes nothing from a register.
  private boolean isMove(int source, long imm) {
    return source == 0 || imm == 0 && style == Disassembler.Style.ALIASES;
  }

  private OptionalLong followShort(int bits) {
    int rd = bits >>> 7 & 31;
    long imm = (long) (bits << 19) >> 31 << 5 | bits >>> 2 & 31;
    return switch (bits & 0xe003) {
      case 0x6001 -> rd == 2 ? OptionalLong.empty() : remember(rd, imm << 12);
      case 0x0001 -> rd == 0 ? OptionalLong.empty() : complete(rd, imm);
      case 0x2001 -> isMove(rd, imm) ? OptionalLong.empty() : word(complete(rd, imm));
      default -> OptionalLong.empty();
    };
  }

  private OptionalLong remember(int register, long value) {
    known[register] = true;
    upper[register] = value;
    return OptionalLong.empty();
  }

  private OptionalLong complete(int register, long offset) {
    if (known[register]) {
      known[register] = false;
      return OptionalLong.of((register == 0 ? 0 : upper[register]) + offset);
    }
    if (register == GP && globalPointer.isPresent()) {
      return OptionalLong.of(globalPointer.getAsLong() + offset);
    }
    return register == TP || register == 0 ? OptionalLong.of(offset) : OptionalLong.empty();
  }

  private static OptionalLong word(OptionalLong address) {
    return address.isPresent()
        ? OptionalLong.of(address.getAsLong() << Integer.SIZE >> Integer.SIZE)
        : address;
  }
}
