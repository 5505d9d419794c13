package hospes.guests;

import hospes.engine.EngineSettings;
import hospes.machine.Ask;
import hospes.machine.AskSink;
import hospes.machine.Delivery;
import hospes.machine.HostLossException;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The smallest machine: each instruction counts, and writes the count to one of its pages, in turn
/// in each of two ranges. What is typed at it are commands.
final class CountingMachine extends FramedMachine {
  static final int PAGES = 4;
  static final long LOW = 0x1000;
  static final long HIGH = 0x10_0000;

  private static final int PAGE = FramePool.FRAME_SIZE;

  /// The count, what was typed, and by whom it is told apart.
  private final class Cell implements Stateful {
    private long count;
    private boolean idles;
    private String typed = "";
    private byte seed;

    @Override
    public String recordName() {
      return "cell";
    }

    @Override
    public int recordVersion() {
      return 1;
    }

    @Override
    public void save(RecordWriter out) {
      out.putLong(count);
      out.putBoolean(idles);
      out.putString(typed);
      out.putInt(seed);
    }

    @Override
    public void restore(RecordReader in) {
      if (brittle) {
        throw new SnapshotException("record cell is damaged on purpose");
      }
      count = in.getLong();
      idles = in.getBoolean();
      typed = in.getString();
      seed = (byte) in.getInt();
    }
  }

  /// What it did since it was made; no part of its state.
  final List<String> trace = new ArrayList<>();

  /// Whether this machine, or a fork of it, can take over no state.
  boolean brittle;

  private final List<FrameTable> frames;
  private final Cell cell = new Cell();
  private int inSlice;

  private CountingMachine(Resources given, List<FrameTable> frames) {
    super(given);
    this.frames = frames;
    doors()
        .on(PortName.CONSOLE, Payload.Bytes.class, typed -> obey(typed.bytes()))
        .on(PortName.CLOCK, Payload.Time.class, time -> clock.advanceTo(time.nanoseconds(), 0))
        .on(PortName.CALENDAR, Payload.Time.class, time -> trace.add("it is " + time.nanoseconds()))
        .on(PortName.IDENTITY, Payload.Seed.class, seed -> cell.seed = seed.bytes()[0])
        .onAnswer(PortName.FILES, (request, reply) -> outbox.settle(request));
  }

  /// One that has executed nothing.
  static CountingMachine in(FramePool pool, AskSink asks) {
    return of(resources(pool, asks));
  }

  static CountingMachine in(FramePool pool) {
    return in(pool, (port, request, what) -> {});
  }

  private static CountingMachine of(Resources given) {
    FramePool pool = given.pool();
    CountingMachine machine =
        new CountingMachine(
            given,
            List.of(
                new FrameTable(pool, LOW, PAGES * PAGE), new FrameTable(pool, HIGH, PAGES * PAGE)));
    machine.rememberPowerOn(machine.parts());
    return machine;
  }

  static Resources resources(FramePool pool, AskSink asks) {
    return new Resources(pool, EngineSettings.interpreter(), said -> {}, List.of(), asks, Map.of());
  }

  private void obey(byte[] typed) {
    String text = new String(typed, StandardCharsets.US_ASCII);
    trace.add("typed " + text);
    cell.typed += text;
    switch (text) {
      case "idle" -> cell.idles = true;
      case "wake" -> cell.idles = false;
      case "off" -> end(new StopReason.PoweredOff(3));
      case "stuck" -> end(new StopReason.Stuck("nothing wakes it"));
      case "reset" -> end(new StopReason.Reset());
      case "ask" -> outbox.ask(PortName.FILES, new Ask.Stat("file"));
      default -> {}
    }
  }

  static Delivery command(String text) {
    return Delivery.typed(text.getBytes(StandardCharsets.US_ASCII));
  }

  long count() {
    return cell.count;
  }

  byte seed() {
    return cell.seed;
  }

  @Override
  protected Stream<? extends Stateful> parts() {
    return Stream.of(cell);
  }

  @Override
  protected FramedMachine twin(Resources given) {
    CountingMachine twin =
        new CountingMachine(given, frames.stream().map(FrameTable::fork).toList());
    twin.brittle = brittle;
    return twin;
  }

  @Override
  protected void stateReplaced() {
    trace.add("replaced");
  }

  @Override
  protected @Nullable StopReason prepare() {
    trace.add("prepare");
    return cell.idles ? new StopReason.Idle(Long.MAX_VALUE) : null;
  }

  @Override
  protected int slice(long most) {
    int length = (int) Math.min(most, 1000);
    trace.add("slice of " + length);
    for (inSlice = 0; inSlice < length; inSlice++) {
      if (cell.typed.endsWith("lose")) {
        throw new HostLossException("the file is gone");
      }
      FrameTable range = frames.get((int) (cell.count % frames.size()));
      range.write(range.base() + cell.count % PAGES * PAGE, Long.BYTES, ++cell.count);
    }
    inSlice = 0;
    return length;
  }

  @Override
  protected int executedInSlice() {
    return inSlice;
  }

  @Override
  protected void abandonSlice() {
    trace.add("abandoned");
  }

  @Override
  protected void ended() {
    trace.add("ended");
  }

  @Override
  protected void reset() {
    returnToPowerOn(parts());
  }

  @Override
  public List<FrameTable> frames() {
    return frames;
  }

  @Override
  public Description description() {
    return new Description(1, 2L * PAGES * PAGE, Description.ConsoleStyle.LINES);
  }

  @Override
  public void close() {
    frames.forEach(FrameTable::close);
  }
}
