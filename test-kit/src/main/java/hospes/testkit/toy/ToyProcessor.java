package hospes.testkit.toy;

import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.memory.FrameTable;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Eight registers of a byte, and what executes instructions. Addresses are modulo the size of
/// memory, so that every one is one.
final class ToyProcessor implements Stateful {
  private static final int REGISTERS = 8;
  private static final int MOST_WAITING = 1 << 20;
  private static final long MILLISECOND = 1_000_000;

  private final FrameTable memory;
  private final Entropy entropy;
  private final LongSupplier time;
  private final ToyConsole console;

  private final byte[] registers = new byte[REGISTERS];
  private final ArrayDeque<Byte> input = new ArrayDeque<>();
  private long pc;
  private long workLeft;
  private long wakeAt;

  /// Why it does not go on; no state, since the machine ends by it.
  private @Nullable StopReason ending;

  ToyProcessor(FrameTable memory, Entropy entropy, LongSupplier time, ToyConsole console) {
    this.memory = memory;
    this.entropy = entropy;
    this.time = time;
    this.console = console;
  }

  /// Where its console's output goes.
  interface ToyConsole {
    void write(byte value);
  }

  void type(byte[] bytes) {
    for (byte value : bytes) {
      input.add(value);
    }
  }

  /// Guest time in nanoseconds until which it sleeps.
  long wakeAt() {
    return wakeAt;
  }

  /// Whether its next instruction waits for input.
  boolean waitsForInput() {
    return input.isEmpty() && byteAt(pc) == ToyInstruction.READ.code();
  }

  /// Why it does not go on, once.
  @Nullable StopReason takeEnding() {
    StopReason taken = ending;
    ending = null;
    return taken;
  }

  /// Executes an instruction, or a part of one that takes long.
  ///
  /// @param most instructions that may be counted, at least one
  /// @return instructions that it is counted as
  long step(long most) {
    ToyInstruction next = ToyInstruction.of(byteAt(pc)).orElse(null);
    if (next == null) {
      return fail("there is no instruction %d".formatted(byteAt(pc)));
    }
    long operands = pc + 1;
    for (int i = 0; i < next.operands().length(); i++) {
      if (next.operands().charAt(i) == 'r' && byteAt(operands + i) >= REGISTERS) {
        return fail("there is no register %d".formatted(byteAt(operands + i)));
      }
    }
    return switch (next) {
      case WORK -> work(operands, most);
      case JUMP -> jump(numberAt(operands, 2), most);
      default -> execute(next, operands);
    };
  }

  private long fail(String what) {
    ending = new StopReason.Stuck("%s, at address %d".formatted(what, pc));
    return 1;
  }

  private long work(long operands, long most) {
    long left = workLeft == 0 ? Math.max(1, numberAt(operands, 4)) : workLeft;
    long done = Math.min(left, most);
    workLeft = left - done;
    if (workLeft == 0) {
      pc += ToyInstruction.WORK.length();
    }
    return done;
  }

  private long jump(long target, long most) {
    if (target == pc) {
      return most;
    }
    pc = target;
    return 1;
  }

  /// One whose operands begin with registers, if any; a register is read before one is written.
  private long execute(ToyInstruction what, long operands) {
    int first = byteAt(operands) % REGISTERS;
    int second = byteAt(operands + 1) % REGISTERS;
    long next = pc + what.length();
    switch (what) {
      case SET -> registers[first] = (byte) byteAt(operands + 1);
      case ADD -> registers[first] += registers[second];
      case JUMPIF -> {
        if (registers[first] == (byte) byteAt(operands + 1)) {
          next = numberAt(operands + 2, 2);
        }
      }
      case PRINT -> console.write(registers[first]);
      case READ -> registers[first] = input.remove();
      case POLL -> registers[first] = input.isEmpty() ? 0 : input.remove();
      case LOAD -> registers[first] = (byte) byteAt(place(operands, second));
      case STORE -> memory.write(wrap(place(operands, second)), 1, registers[first]);
      case SLEEP -> wakeAt = time.getAsLong() + numberAt(operands, 4) * MILLISECOND;
      case RANDOM -> registers[first] = entropy.next(1)[0];
      case OFF -> ending = new StopReason.PoweredOff(registers[first] & 0xff);
      case RESET -> ending = new StopReason.Reset();
      case BUG -> throw new IllegalStateException("a bug");
      case JUMP, WORK -> throw new IllegalArgumentException("not here: " + what);
    }
    pc = next;
    return 1;
  }

  private long place(long operands, int index) {
    return numberAt(operands + 2, 2) + (registers[index] & 0xff);
  }

  private long wrap(long address) {
    return address % memory.size();
  }

  private int byteAt(long address) {
    return (int) memory.read(wrap(address), 1);
  }

  /// Least significant byte first.
  private long numberAt(long address, int bytes) {
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | byteAt(address + i);
    }
    return number;
  }

  @Override
  public String recordName() {
    return "toy";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putBytes(registers);
    out.putLong(pc);
    out.putLong(workLeft);
    out.putLong(wakeAt);
    out.putInt(input.size());
    input.forEach(value -> out.putBytes(new byte[] {value}));
  }

  @Override
  public void restore(RecordReader in) {
    System.arraycopy(in.getBytes(REGISTERS), 0, registers, 0, REGISTERS);
    pc = in.getLong();
    workLeft = in.getLong();
    wakeAt = in.getLong();
    if (pc < 0 || workLeft < 0) {
      throw new SnapshotException("record toy is damaged: no toy is at %d".formatted(pc));
    }
    input.clear();
    type(in.getBytes(in.getCount(MOST_WAITING)));
  }
}
