package hospes.engine.translator;

import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.engine.Decoder;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Decoded code as a region sees it: from the page of its entry on, at virtual addresses. A
/// *position* is a distance from the start of that page, in slots.
final class CodeView {
  /// Whether code that was not executed yet is looked at too.
  enum Reach {
    EXECUTED,
    ALL
  }

  private final Core core;
  private final CodePage home;
  private final long base;
  private final CodeLayout layout;
  private final Reach reach;

  /// The code around `address`, which lies in `home`.
  CodeView(Core core, CodePage home, long address, Reach reach) {
    this.core = core;
    this.home = home;
    this.base = address & -(1L << CodePage.SHIFT);
    this.layout = home.layout();
    this.reach = reach;
  }

  /// The virtual address of a position.
  long address(int position) {
    return base + layout.bytes(position);
  }

  /// How instructions lie in memory.
  CodeLayout layout() {
    return layout;
  }

  /// How many pages a position is away from the first one.
  int page(int position) {
    return layout.page(position);
  }

  private int slot(int position) {
    return layout.slotAt(position);
  }

  /// A page, if the core executes from it already.
  @Nullable CodePage pageAt(int distance) {
    return distance == 0 ? home : core.cachedPage(base + ((long) distance << CodePage.SHIFT));
  }

  /// A guess of where the jump at a position leads.
  OptionalInt guess(int position) {
    long target = core.lastTarget(slot(position));
    long distance = target - base;
    return target != 0 && (int) distance == distance
        ? OptionalInt.of(layout.slotsIn(distance))
        : OptionalInt.empty();
  }

  /// The operands of the instruction at a position, where they are listed.
  int[] operands(int position) {
    CodePage page = pageAt(page(position));
    return page == null ? new int[0] : page.operands(slot(position));
  }

  /// The packed instruction at a position, or [Decoder#UNDECODED].
  long instruction(int position) {
    CodePage page = pageAt(page(position));
    if (page == null) {
      return Decoder.UNDECODED;
    }
    long instruction = page.instruction(slot(position));
    if (instruction == Decoder.UNDECODED && reach == Reach.ALL) {
      page.decode(slot(position));
      instruction = page.instruction(slot(position));
    }
    return instruction;
  }
}
