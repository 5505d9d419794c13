package hospes.cli;

import hospes.boards.VirtSpec;
import hospes.machine.Clock;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.Machine;
import hospes.machine.Payload;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.machine.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A guest that greets, echoes its input in capitals, and switches off with the exit code that a
/// digit names; `!` makes it stuck, `?` makes it fail as a bug would. Never idles.
final class FakeGuest implements Machine {
  private final Inbox inbox = new Inbox();
  private final Clock clock = new Clock();
  private final VirtSpec spec;
  private long instructions;
  private StopReason stop = new StopReason.BudgetSpent();

  FakeGuest(VirtSpec spec) {
    this.spec = spec;
    show("hello from the guest\n");
  }

  private void show(String text) {
    for (byte value : text.getBytes(StandardCharsets.US_ASCII)) {
      spec.console().write(value);
    }
  }

  @Override
  public StopReason run(long budget) {
    inbox.deliver(instructions, this::receive);
    if (stop instanceof StopReason.BudgetSpent) {
      instructions += budget;
    }
    return stop;
  }

  private void receive(Delivery delivery) {
    if (!(delivery.what() instanceof Payload.Bytes(byte[] bytes))) {
      return;
    }
    for (byte value : bytes) {
      if (value >= '0' && value <= '9') {
        stop = new StopReason.PoweredOff(value - '0');
      } else if (value == '?') {
        throw new IllegalStateException("a bug");
      } else if (value == '!') {
        stop = new StopReason.Stuck("it said so");
      } else {
        spec.console().write((byte) Character.toUpperCase(value));
      }
    }
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
  }

  @Override
  public void restore(Snapshot snapshot) {
    snapshot.restore(clock);
  }

  @Override
  public void close() {}
}
