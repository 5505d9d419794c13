package hospes.guests;

import hospes.machine.Clock;
import hospes.machine.HostLossException;
import hospes.machine.Inbox;
import hospes.machine.Port;
import hospes.machine.PortTable;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.memory.HostFaultException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How every machine runs: takes deliveries at their instruction counts, executes slices within a
/// budget, stops for good where it ended or the host failed it.
///
/// What is executed, and when there is nothing to, is its subclasses' affair.
public abstract class MachineLoop implements HostedMachine {
  private static final StopReason TOO_LITTLE_MEMORY =
      new StopReason.HostFault(
          "the host's limit for the memory of guests is reached; stop some, or raise the limit",
          StopReason.Remedy.MORE_MEMORY);

  /// Guest time.
  protected final Clock clock = new Clock();

  private final Inbox inbox = new Inbox();
  private final PortTable ports = new PortTable();
  private long instructions;
  private @Nullable StopReason ending;
  private @Nullable StopReason broken;

  /// A loop at the start of a run; its subclass fills [#doors].
  protected MachineLoop() {}

  /// The table of ports, to be filled by the machine when it is made.
  protected final PortTable doors() {
    return ports;
  }

  /// Does what there is to do before something is executed, and tells why nothing is, if so: the
  /// machine idles or [ended][#end]. Asked again without a delivery or an instruction in between,
  // it
  /// changes nothing.
  protected abstract @Nullable StopReason prepare();

  /// Executes at most `most` instructions, at least one, and returns how many it were.
  protected abstract int slice(long most);

  /// Instructions of the slice that goes on now; 0 between slices.
  protected abstract int executedInSlice();

  /// Whether the host has no memory for what the machine may want next.
  protected abstract boolean isShortOfMemory();

  /// Brings everything back to power-on but time, counts and randomness: the machine ended with
  /// [StopReason.Reset].
  protected abstract void reset();

  /// The host failed amid a slice: nothing is executed any more.
  protected void abandonSlice() {}

  /// The machine has just ended.
  protected void ended() {}

  /// Ends the machine, unless it has ended.
  protected final void end(StopReason reason) {
    if (ending == null) {
      ending = reason;
      ended();
    }
  }

  /// Why the machine ended, if it did.
  protected final @Nullable StopReason ending() {
    return ending;
  }

  /// Takes over how far another machine got.
  final void goOnLike(MachineLoop other) {
    instructions = other.instructions;
    ending = other.ending;
    broken = other.broken;
  }

  /// Forgets that the host failed: the machine has another state now.
  final void forgetFault() {
    broken = null;
  }

  @Override
  public final StopReason run(long budget) {
    StopReason fault = broken;
    if (fault != null) {
      return fault;
    }
    try {
      return goOn(budget);
    } catch (HostFaultException lost) {
      return broken(lost.reason());
    } catch (HostLossException | RefusedException lost) {
      return broken(String.valueOf(lost.getMessage()));
    }
  }

  private StopReason broken(String why) {
    abandonSlice();
    StopReason fault = new StopReason.HostFault(why, StopReason.Remedy.NONE);
    broken = fault;
    return fault;
  }

  /// Takes one delivery after the other, and does what follows from what was executed and from each
  /// before it takes the next: so it makes no difference whether two came together or, without an
  /// instruction between them, one after the other, nor whether the machine was seen idling
  // between.
  private StopReason goOn(long budget) {
    long end = budget > Long.MAX_VALUE - instructions ? Long.MAX_VALUE : instructions + budget;
    boolean hasRoom = false;
    while (true) {
      StopReason over = ending;
      if (over instanceof StopReason.Reset) {
        ending = null;
        reset();
        return over;
      }
      if (over != null) {
        return over;
      }
      StopReason idle = prepare();
      if (ending != null) {
        continue;
      }
      if (inbox.hasMail(instructions)) {
        inbox.deliverNext(instructions, ports::accept);
        continue;
      }
      if (!hasRoom && isShortOfMemory()) {
        return TOO_LITTLE_MEMORY; // all mail is taken: whoever stops it then can save or fork it
      }
      hasRoom = true;
      if (idle != null) {
        return idle;
      }
      if (instructions >= end) {
        return new StopReason.BudgetSpent();
      }
      instructions += slice(Math.min(end, inbox.nextScheduled()) - instructions);
    }
  }

  @Override
  public final long instructions() {
    return instructions + executedInSlice();
  }

  /// Instructions executed before the slice that goes on now.
  protected final long instructionsBeforeSlice() {
    return instructions;
  }

  @Override
  public final Inbox inbox() {
    return inbox;
  }

  @Override
  public final long nanoseconds() {
    return clock.nanoseconds(instructions());
  }

  @Override
  public final List<Port> ports() {
    return ports.ports();
  }

  /// How far the run got, as a part of the machine's state.
  final Stateful progress() {
    return new Progress();
  }

  private final class Progress implements Stateful {
    private static final int RUNS = 0;
    private static final int POWERED_OFF = 1;
    private static final int STUCK = 2;
    private static final int RESETS = 3;

    @Override
    public String recordName() {
      return "loop";
    }

    @Override
    public int recordVersion() {
      return 1;
    }

    @Override
    public void save(RecordWriter out) {
      out.putLong(instructions);
      switch (ending) {
        case StopReason.PoweredOff(int exitCode) -> put(out, POWERED_OFF, exitCode, "");
        case StopReason.Stuck(String why) -> put(out, STUCK, 0, why);
        case StopReason.Reset() -> put(out, RESETS, 0, "");
        case null -> put(out, RUNS, 0, "");
        case StopReason.BudgetSpent _, StopReason.Idle _, StopReason.HostFault _ ->
            throw new IllegalStateException("no machine ends by " + ending);
      }
    }

    private static void put(RecordWriter out, int kind, int exitCode, String why) {
      out.putInt(kind);
      out.putInt(exitCode);
      out.putString(why);
    }

    @Override
    public void restore(RecordReader in) {
      instructions = in.getLong();
      int kind = in.getInt();
      int exitCode = in.getInt();
      String why = in.getString();
      ending =
          switch (kind) {
            case RUNS -> null;
            case POWERED_OFF -> new StopReason.PoweredOff(exitCode);
            case STUCK -> new StopReason.Stuck(why);
            case RESETS -> new StopReason.Reset();
            default -> throw new SnapshotException("record loop is damaged: no ending " + kind);
          };
    }
  }
}
