package hospes.riscv.fp;

/// The accrued exceptions (`fflags`): every operation adds to them and only the guest's own code
/// clears them. RISC-V Unprivileged ISA 20240411, section 20.2.
public final class FloatStatus {
  /// Inexact: the result was rounded.
  public static final int NX = 1;

  /// Underflow: the result is tiny (after rounding) and inexact.
  public static final int UF = 2;

  /// Overflow: the rounded result is beyond the format's largest finite number.
  public static final int OF = 4;

  /// Division of a finite number other than zero by zero.
  public static final int DZ = 8;

  /// Invalid operation.
  public static final int NV = 16;

  /// The flags raised so far, a union of the constants above; the layout of the `fflags` CSR.
  public int flags;

  /// Adds `raised`, a union of the constants above, to the accrued flags.
  public void raise(int raised) {
    flags |= raised;
  }
}
