package hospes.testkit.toy;

import hospes.guests.Description;
import hospes.guests.Description.ConsoleStyle;
import hospes.guests.FramedMachine;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.machine.Entropy;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A processor, memory and a console.
final class ToyMachine extends FramedMachine {
  private final ToySpec spec;
  private final AtomicInteger open;
  private final FrameTable memory;
  private final Entropy entropy = Entropy.fixed(0);
  private final ToyProcessor processor;
  private int executed;

  /// @param open counts machines that were not closed
  private ToyMachine(ToySpec spec, FrameTable memory, Resources given, AtomicInteger open) {
    super(given);
    this.spec = spec;
    this.memory = memory;
    this.open = open;
    processor = new ToyProcessor(memory, entropy, this::nanoseconds, given.console()::write);
    doors()
        .on(PortName.CONSOLE, Payload.Bytes.class, typed -> processor.type(typed.bytes()))
        .on(
            PortName.CLOCK,
            Payload.Time.class,
            now -> clock.advanceTo(now.nanoseconds(), instructionsBeforeSlice()))
        .on(PortName.POWER, Payload.Pressed.class, pressed -> press())
        .on(PortName.IDENTITY, Payload.Seed.class, seed -> entropy.reseed(seed.bytes()));
    open.incrementAndGet();
  }

  private void press() {
    switch (spec.button()) {
      case SWITCHES_OFF -> end(new StopReason.PoweredOff(0));
      case NOTHING -> {}
    }
  }

  private static ToyMachine blank(ToySpec spec, Resources given, AtomicInteger open) {
    FrameTable memory = new FrameTable(given.pool(), 0, (long) spec.pages() * FramePool.FRAME_SIZE);
    ToyMachine blank = new ToyMachine(spec, memory, given, open);
    blank.rememberPowerOn(Stream.of(blank.processor));
    return blank;
  }

  /// A machine at power-on.
  static ToyMachine begin(ToySpec spec, Resources given, Identity.Own who, AtomicInteger open) {
    ToyMachine begun = blank(spec, given, open);
    begun.entropy.reseed(who.seed());
    begun.load();
    return begun;
  }

  /// A machine that goes on from a saved state.
  ///
  /// @throws hospes.machine.SnapshotException where that is damaged
  static HostedMachine goOn(
      ToySpec spec, Saved state, Resources given, Identity who, AtomicInteger open) {
    ToyMachine restored = blank(spec, given, open);
    try {
      return restored.continueFrom(state, who);
    } catch (RuntimeException | Error failure) {
      restored.close();
      throw failure;
    }
  }

  private void load() {
    byte[] code = spec.code();
    memory.write(0, code, 0, code.length);
  }

  @Override
  protected ToyMachine twin(Resources given) {
    return new ToyMachine(spec, memory.fork(), given, open);
  }

  @Override
  protected Stream<? extends Stateful> parts() {
    return Stream.of(entropy, processor);
  }

  @Override
  protected void reset() {
    returnToPowerOn(Stream.of(processor));
    load();
  }

  @Override
  protected @Nullable StopReason prepare() {
    if (processor.wakeAt() > nanoseconds()) {
      return new StopReason.Idle(processor.wakeAt());
    }
    return processor.waitsForInput() ? new StopReason.Idle(Long.MAX_VALUE) : null;
  }

  @Override
  protected int slice(long most) {
    int limit = (int) Math.min(most, Integer.MAX_VALUE);
    try {
      while (executed < limit && ending() == null && (executed == 0 || prepare() == null)) {
        long counted = processor.step(limit - executed);
        StopReason reason = processor.takeEnding();
        if (reason != null) {
          end(reason);
        }
        executed += (int) counted;
      }
      return executed;
    } finally {
      executed = 0;
    }
  }

  @Override
  protected int executedInSlice() {
    return executed;
  }

  @Override
  public Description description() {
    return new Description(1, memory.size(), ConsoleStyle.SERIAL);
  }

  @Override
  public List<FrameTable> frames() {
    return List.of(memory);
  }

  @Override
  public void close() {
    memory.close();
    open.decrementAndGet();
  }
}
