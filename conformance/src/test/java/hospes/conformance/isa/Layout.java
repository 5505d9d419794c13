package hospes.conformance.isa;

/// Where streams of instructions and what they work on lie, on both sides; stream-runner.c says the
/// same.
final class Layout {
  /// Start of our side's RAM, with its stubs.
  static final long RAM = 0x8000_0000L;

  /// Bytes of RAM.
  static final int RAM_BYTES = 0x40_0000;

  /// Pages for the code.
  static final long CODE = 0x8010_0000L;

  /// Memory that the instructions read and write.
  static final long WINDOW = 0x8020_0800L;

  /// Bytes of the window: what a 12-bit offset reaches, and the rest of an access there.
  static final int WINDOW_BYTES = 0x1010;

  /// A page border in the middle of the window; the state register points here.
  static final long CENTRE = 0x8020_1000L;

  /// Registers before and after: x0 to x31 (the first is not used), f0 to f31, fcsr; behind them
  /// the address at which the code ends.
  static final long STATE = 0x8020_2000L;

  /// Longs of the state.
  static final int STATE_WORDS = 65;

  static final int FLOATS = 32;
  static final int FCSR = 64;
  static final int EXIT = 65;

  private Layout() {}
}
