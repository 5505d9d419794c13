package hospes.engine;

import hospes.engine.translator.WatchPoints;

/// A stretch of guest code, translated into one method of a class of its own.
///
/// It knows neither a guest nor an address: the page in which it begins may lie anywhere.
public abstract class Region {
  private WatchPoints points = new WatchPoints(new int[0], new int[0], new int[0]);

  /// Instructions executed in the region, by all guests; only about right where several threads
  /// count at the same time.
  private long executed;

  /// A region whose [#describe] is called before it runs.
  protected Region() {}

  /// Sets what the region must know of the places where it may stop.
  public final void describe(WatchPoints newPoints) {
    points = newPoints;
  }

  /// Counts instructions that were executed here; returns their sum.
  final long count(int instructions) {
    executed += instructions;
    return executed;
  }

  /// Executes from `core.pc`, which is the region's entry, as the interpreter would, to wherever
  /// the region ends; leaves `core` as the interpreter's loop does. False, with nothing done, if
  /// the budget is too small or an extension is switched off.
  public abstract boolean run(Core core);

  /// Address of an instruction, in bytes from the start of the entry's page.
  protected final int offset(int point) {
    return points.offsets()[point];
  }

  /// Address behind an instruction.
  protected final int nextOffset(int point) {
    return points.nextOffsets()[point];
  }

  /// Instructions to be counted at an instruction.
  protected final int executed(int point) {
    return points.executed()[point];
  }
}
