package hospes.conformance.boot;

import hospes.engine.EngineSettings;
import hospes.guests.Identity;
import hospes.machine.BlockStore;
import hospes.machine.Delivery;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.virt.Standalone;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A guest at whose console a test sits: it waits for texts and types lines. Time is virtual.
final class GuestSession implements AutoCloseable {
  private static final long SLICE = 1_000_000;
  private static final long BOOT = 6_000_000_000L;
  private static final long COMMAND = 8_000_000_000L;
  private static final int TAIL = 3000;

  final VirtMachine machine;
  private final ByteArrayOutputStream console;
  private int seen;
  private StopReason reason = new StopReason.BudgetSpent();

  GuestSession(Guests.Order order) {
    console = new ByteArrayOutputStream();
    machine = order.powerOn(console::write);
  }

  private GuestSession(VirtMachine machine, ByteArrayOutputStream console) {
    this.machine = machine;
    this.console = console;
  }

  /// A session with a fork of the guest, which has no drives. Nothing was printed in it yet.
  GuestSession fork(EngineSettings engine, Identity identity) {
    return fork(List.of(), engine, identity);
  }

  /// A session with a fork of the guest. Nothing was printed in it yet.
  GuestSession fork(List<BlockStore> drives, EngineSettings engine, Identity identity) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    return new GuestSession(
        Standalone.on(output::write).with(engine).with(drives).fork(machine, identity), output);
  }

  /// A session with what a snapshot of such a guest holds. Nothing was printed in it yet.
  static GuestSession restored(Guests.Order order, Snapshot snapshot) {
    GuestSession session = new GuestSession(order);
    session.machine.restore(snapshot);
    return session;
  }

  /// All that was printed.
  String printed() {
    return console.toString(StandardCharsets.UTF_8);
  }

  /// What was printed behind what was waited for last.
  private String fresh() {
    byte[] all = console.toByteArray();
    return new String(all, seen, all.length - seen, StandardCharsets.UTF_8);
  }

  private boolean step() {
    reason = machine.run(SLICE);
    return switch (reason) {
      case StopReason.BudgetSpent() -> true;
      case StopReason.Idle(long wakeAt) -> {
        machine.inbox().post(Delivery.clock(wakeAt));
        yield wakeAt != Long.MAX_VALUE;
      }
      case StopReason.PoweredOff _,
          StopReason.Reset _,
          StopReason.Stuck _,
          StopReason.HostFault _ ->
          false;
    };
  }

  /// Runs until the machine is as is asked for.
  void advanceUntil(String what, BooleanSupplier isReached, long instructions) {
    long end = machine.instructions() + instructions;
    while (!isReached.getAsBoolean()) {
      if (machine.instructions() >= end || !step()) {
        throw new AssertionError(
            "%s was not reached, but the guest ended with %s; its last words:%n%s"
                .formatted(what, reason, tail()));
      }
    }
  }

  /// Runs for so much of the guest's time, and not on to when it wakes up next.
  void advance(long nanoseconds) {
    long end = machine.nanoseconds() + nanoseconds;
    while (machine.nanoseconds() < end) {
      if (machine.run(SLICE) instanceof StopReason.Idle(long wakeAt)) {
        machine.inbox().post(Delivery.clock(Math.min(wakeAt, end)));
      }
    }
  }

  /// Runs until the guest has done all that is due, and means to sleep for so long at least.
  void awaitRest(long nanoseconds) {
    while (true) {
      if (machine.run(SLICE) instanceof StopReason.Idle(long wakeAt)) {
        if (wakeAt - machine.nanoseconds() >= nanoseconds) {
          return;
        }
        machine.inbox().post(Delivery.clock(wakeAt));
      }
    }
  }

  /// Runs until the guest has printed a match; what it printed up to there.
  Matcher await(Pattern pattern, long instructions) {
    long end = machine.instructions() + instructions;
    int looked = -1;
    while (machine.instructions() < end) {
      boolean goesOn = step();
      if (console.size() != looked) {
        looked = console.size();
        Matcher matcher = pattern.matcher(fresh());
        if (matcher.find()) {
          seen += fresh().substring(0, matcher.end()).getBytes(StandardCharsets.UTF_8).length;
          return matcher;
        }
      }
      if (!goesOn) {
        break;
      }
    }
    throw new AssertionError(
        "the guest did not print \"%s\" but ended with %s after %d instructions; its last words:%n%s"
            .formatted(pattern, reason, machine.instructions(), tail()));
  }

  /// Runs until the guest has printed a text.
  void await(String text, long instructions) {
    await(Pattern.compile(Pattern.quote(text)), instructions);
  }

  /// Runs until the shell of our initial file system waits for a command.
  void awaitShell() {
    await("~ # ", BOOT);
  }

  void type(String line) {
    machine.inbox().post(Delivery.typed((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /// Has the shell run a command, which must succeed; what it prints.
  String command(String line) {
    type(line + "; echo \"=$?=\"");
    Matcher end = await(Pattern.compile("(?s)^(.*?)=(\\d+)=\\s+\\S* # "), COMMAND);
    if (!end.group(2).equals("0")) {
      throw new AssertionError("%s failed with %s: %s".formatted(line, end.group(2), end.group(1)));
    }
    return end.group(1).replace("\r", "").strip();
  }

  /// Runs until the guest switches itself off.
  StopReason awaitEnd() {
    long end = machine.instructions() + COMMAND;
    while (machine.instructions() < end && step()) {
      // Goes on.
    }
    return reason;
  }

  private String tail() {
    String all = printed();
    return all.substring(Math.max(0, all.length() - TAIL));
  }

  @Override
  public void close() {
    machine.close();
  }
}
