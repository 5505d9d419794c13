package hospes.virt;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.riscv.Hart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The harts' turns on the one thread that runs them all. A turn ends after [#TURN] instructions,
/// or when the hart waits, stops or hints that it spins; so the order of everything that happens is
/// a function of the instruction count.
final class HartTurns {
  private static final int TURN = 10_000;

  private final List<Hart> harts;
  private int turn;
  private int left = TURN;
  private @Nullable Hart running;

  /// @param harts filled before the first turn
  HartTurns(List<Hart> harts) {
    this.harts = harts;
  }

  /// Gives the turn to the next hart that can run, which may be the one that has it; whether there
  /// is one.
  boolean findRunnable() {
    for (int i = 0; i < harts.size(); i++) {
      if (harts.get(turn).isRunnable()) {
        return true;
      }
      next();
    }
    return false;
  }

  private void next() {
    turn = (turn + 1) % harts.size();
    left = TURN;
  }

  /// Runs the hart whose turn it is for at most `most` instructions, at least one; how many it
  /// were.
  int run(long most) {
    Hart hart = harts.get(turn);
    long slice = Math.max(1, Math.min(most, harts.size() == 1 ? Integer.MAX_VALUE : left));
    running = hart;
    int executed = hart.execute((int) slice);
    running = null;
    left -= executed;
    if (harts.size() > 1 && (left <= 0 || !hart.isRunnable() || hart.hasYielded())) {
      hart.endTurn();
      next();
    }
    return executed;
  }

  /// Instructions of the slice that goes on now; 0 between slices.
  int executedInSlice() {
    Hart hart = running;
    return hart == null ? 0 : hart.executedInSlice();
  }

  /// Whether a hart runs now.
  boolean isRunning() {
    return running != null;
  }

  /// Ends the slice that goes on now, if one does, after its current instruction.
  void endSlice() {
    Hart hart = running;
    if (hart != null) {
      hart.yieldTurn();
    }
  }

  /// The hart that runs will not come back.
  void abandonSlice() {
    running = null;
  }

  void reset() {
    turn = 0;
    left = TURN;
  }

  void save(RecordWriter out) {
    out.putInt(turn);
    out.putInt(left);
  }

  void restore(RecordReader in) {
    turn = in.getCount(harts.size() - 1);
    left = in.getInt();
  }
}
