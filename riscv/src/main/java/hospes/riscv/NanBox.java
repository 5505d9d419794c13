package hospes.riscv;

/// NaN boxing of singles in 64-bit registers. RISC-V Unprivileged ISA 20240411, 22.2.
final class NanBox {
  private static final long UPPER = 0xffff_ffff_0000_0000L;
  private static final int CANONICAL_NAN = 0x7fc0_0000;

  private NanBox() {}

  static long box(float value) {
    return box(Float.floatToRawIntBits(value));
  }

  static long box(int bits) {
    return UPPER | bits;
  }

  /// The single in a register; the canonical NaN where the register holds no properly boxed single.
  static float unbox(long register) {
    return Float.intBitsToFloat((register & UPPER) == UPPER ? (int) register : CANONICAL_NAN);
  }
}
