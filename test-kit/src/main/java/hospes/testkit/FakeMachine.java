package hospes.testkit;

import hospes.machine.Clock;
import hospes.machine.ConsoleOutput;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.Machine;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.machine.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A guest that works for a while, then idles until its timer fires or a byte arrives, and so on;
/// it echoes bytes; `q` switches it off with exit code 7, `!` makes it fail as a bug would. Writes
/// down what reached it, and when.
public final class FakeMachine implements Machine {
  private final Inbox inbox = new Inbox();
  private final Clock clock = new Clock();
  private final ConsoleOutput console;
  private final long work;
  private final long timerPeriod;
  private final List<String> events = new ArrayList<>();
  private long instructions;
  private long workLeft;
  private long timer;
  private boolean off;

  /// @param work instructions from each wake-up to the next idling; [Long#MAX_VALUE]: never idles
  /// @param timerPeriod nanoseconds between timer interrupts; [Long#MAX_VALUE]: no timer
  public FakeMachine(ConsoleOutput console, long work, long timerPeriod) {
    this.console = console;
    this.work = work;
    this.timerPeriod = timerPeriod;
    workLeft = work;
    timer = timerPeriod;
  }

  @Override
  public StopReason run(long budget) {
    inbox.deliver(instructions, this::receive);
    if (off) {
      return new StopReason.PoweredOff(7);
    }
    if (workLeft == 0 && nanoseconds() >= timer) {
      timer = nanoseconds() + timerPeriod;
      workLeft = work;
      events.add("timer@" + instructions);
    }
    if (workLeft == 0) {
      return new StopReason.Idle(timer);
    }
    long executed = Math.min(budget, workLeft);
    instructions += executed;
    workLeft = work == Long.MAX_VALUE ? work : workLeft - executed;
    return executed == budget ? new StopReason.BudgetSpent() : new StopReason.Idle(timer);
  }

  private void receive(Delivery delivery) {
    switch (delivery.what()) {
      case Payload.Bytes(byte[] bytes) -> {
        events.add(new String(bytes, StandardCharsets.US_ASCII) + "@" + instructions);
        for (byte value : bytes) {
          console.write(value);
          off |= value == 'q';
          if (value == '!') {
            throw new IllegalStateException("a bug");
          }
        }
        workLeft = work;
      }
      case Payload.Time(long nanoseconds) when delivery.to().equals(PortName.CLOCK) ->
          clock.advanceTo(nanoseconds, instructions);
      case Payload.Pressed() -> off = true;
      case Payload.Time _,
          Payload.Seed _,
          Payload.Amount _,
          Payload.Size _,
          Payload.Packet _,
          Payload.Answered _ -> {}
    }
  }

  /// What reached the guest, each with the instruction count at which it did.
  public List<String> events() {
    return events;
  }

  @Override
  public long instructions() {
    return instructions;
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public long nanoseconds() {
    return clock.nanoseconds(instructions);
  }

  @Override
  public void save(Consumer<StateRecord> sink) {
    sink.accept(clock.toRecord());
    RecordWriter out = new RecordWriter();
    out.putLong(instructions);
    out.putLong(workLeft);
    out.putLong(timer);
    sink.accept(new StateRecord("fake", 1, out.toByteArray()));
  }

  @Override
  public void restore(Snapshot snapshot) {
    snapshot.restore(clock);
    RecordReader in = snapshot.reader("fake", 1);
    instructions = in.getLong();
    workLeft = in.getLong();
    timer = in.getLong();
  }

  @Override
  public void close() {}
}
