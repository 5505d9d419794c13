package hospes.riscv;

import hospes.engine.Alias;
import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.engine.Serializing;

/// Memory ordering. RISC-V Unprivileged ISA 20240411, 2.7, 6 and 7.
@Extension(value = "I, Zifencei, Zihintpause", place = Place.CALLED)
final class Fences {
  private Fences() {}

  /// Orders memory accesses.
  @Instruction("fence pred, succ : ---- pred succ ----- 000 ----- 0001111")
  @Alias("fence = fence 15, 15")
  static void fence() {
    // Harts take turns on one thread, so every access is already ordered.
  }

  /// Orders memory accesses as total store order does.
  @Instruction("fence.tso : 1000 0011 0011 ----- 000 ----- 0001111")
  static void fenceTso() {
    // As above.
  }

  /// A hint that this is a spinning loop (Zihintpause).
  @Instruction("pause : 0000 0001 0000 00000 000 00000 0001111")
  @Serializing
  static void pause(Hart hart) {
    hart.yieldTurn();
  }

  /// Orders stores before fetches (Zifencei).
  @Instruction("fence.i : ------------ ----- 001 ----- 0001111")
  @Serializing
  static void fenceI() {
    // Decoded code follows every store at once (CodeCache), so there is nothing stale to drop.
  }
}
