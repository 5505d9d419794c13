package hospes.zmachine;

import hospes.engine.EngineStatistics;
import hospes.machine.Clock;
import hospes.machine.Entropy;
import hospes.machine.Inbox;
import hospes.machine.Machine;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.PortTable;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.machine.TrapException;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.memory.HostFaultException;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.UserInput;
import hospes.zmachine.text.TextDecoder;
import hospes.zmachine.text.Tokeniser;
import hospes.zmachine.text.Zscii;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A Z-machine that plays a story: the processor, and all that stories print to, read from and save
/// in.
public final class ZMachine implements Machine, Stateful {
  private static final StopReason TOO_LITTLE_MEMORY =
      new StopReason.HostFault(
          "the host's limit for the memory of guests is reached; stop some, or raise --host-memory",
          StopReason.Remedy.MORE_MEMORY);

  private final ZSpec spec;
  private final FrameTable memory;
  private final ZProcessor processor;
  private final Inbox inbox = new Inbox();
  private final PortTable ports = listPorts();
  private final Clock clock = new Clock();
  private final Entropy entropy;
  private final Screen screen;
  private final UserInput input;
  private final OutputStreams output;
  private final HeaderFields header;
  private final Requests requests;
  private final Interruptions interruptions;
  private final List<Stateful> components;
  private long instructions;
  private boolean isRunning;
  private @Nullable StopReason ending;
  private @Nullable StopReason broken;

  /// A machine at power-on, with host memory of its own.
  public ZMachine(ZSpec spec) {
    this(spec, FramePool.forOnce());
  }

  /// A machine at power-on.
  ///
  /// @param pool where its memory is from
  public ZMachine(ZSpec spec, FramePool pool) {
    this.spec = spec;
    entropy = spec.entropy();
    Story story = spec.story();
    memory =
        new FrameTable(pool, 0, story.length() + FramePool.FRAME_SIZE - 1 & -FramePool.FRAME_SIZE);
    memory.write(0, story.bytes(0, story.length()), 0, story.length());
    processor = new ZProcessor(story, memory, spec.engine());
    ProcessorMemory text = new ProcessorMemory(processor);
    Zscii zscii = new Zscii(text);
    screen = spec.screen().open(spec.console(), story.version());
    input = new UserInput(screen, zscii);
    output = new OutputStreams(processor, screen, new TextDecoder(text), zscii);
    RandomNumbers random = new RandomNumbers(entropy, spec.seed());
    processor.connect(
        output,
        new TextBuffers(processor, new Tokeniser(text), zscii),
        random,
        story.checksum() == story.computedChecksum());
    header = new HeaderFields(processor, screen);
    UndoHistory undo = new UndoHistory();
    interruptions = new Interruptions(processor);
    FileDialogue dialogue = new FileDialogue(spec.name(), output, input, zscii, spec.files());
    requests =
        new Requests(
            processor,
            story,
            output,
            input,
            screen,
            dialogue,
            spec.files(),
            header,
            undo,
            interruptions);
    components =
        List.of(
            this,
            clock,
            entropy,
            processor,
            requests,
            interruptions,
            random,
            output,
            dialogue,
            undo,
            input,
            screen);
    requests.begin();
  }

  @Override
  public StopReason run(long budget) {
    StopReason fault = broken;
    if (fault != null) {
      return fault;
    }
    try {
      deliver();
      return ending == null && memory.pool().shortage() > 0 ? TOO_LITTLE_MEMORY : goOn(budget);
    } catch (HostFaultException lost) {
      fault = new StopReason.HostFault(lost.reason(), StopReason.Remedy.NONE);
      broken = fault;
      return fault;
    }
  }

  private void deliver() {
    if (inbox.hasMail(instructions)) {
      inbox.deliver(instructions, ports::accept);
    }
  }

  private StopReason goOn(long budget) {
    long end = budget > Long.MAX_VALUE - instructions ? Long.MAX_VALUE : instructions + budget;
    while (true) {
      deliver();
      if (ending != null) {
        return ending;
      }
      if (requests.isPending()) {
        switch (serve()) {
          case DONE -> {}
          case WAITING -> {
            return new StopReason.Idle(interruptions.due());
          }
          case ENDED -> end(new StopReason.PoweredOff(0));
        }
      } else if (instructions >= end) {
        return new StopReason.BudgetSpent();
      } else {
        execute(end);
      }
    }
  }

  private Requests.Progress serve() {
    try {
      return requests.step(nanoseconds());
    } catch (TrapException wrong) {
      fail((ZTrap) wrong.trap());
      return Requests.Progress.DONE;
    }
  }

  private void execute(long end) {
    long slice = Math.min(end, inbox.nextScheduled()) - instructions;
    isRunning = true;
    int executed = processor.execute(Math.clamp(slice, 1, Integer.MAX_VALUE));
    isRunning = false;
    instructions += executed;
    interruptions.drop();
    ZTrap failure = processor.failure;
    if (failure != null) {
      fail(failure);
    }
    if (output.isFull()) {
      requests.flush();
    }
  }

  private void fail(ZTrap failure) {
    end(new StopReason.Stuck(StackTrace.of(processor, failure)));
  }

  private void end(StopReason reason) {
    if (ending == null) {
      ending = reason;
      requests.flush();
      screen.end();
    }
  }

  private PortTable listPorts() {
    return new PortTable()
        .on(PortName.CONSOLE, Payload.Bytes.class, typed -> input.type(typed.bytes()))
        .on(PortName.CONSOLE, Payload.Size.class, size -> resize(size.lines(), size.columns()))
        .on(
            PortName.CLOCK,
            Payload.Time.class,
            now -> clock.advanceTo(now.nanoseconds(), instructions))
        .on(PortName.POWER, Payload.Pressed.class, pressed -> end(new StopReason.PoweredOff(0)))
        .on(PortName.IDENTITY, Payload.Seed.class, seed -> becomeAnother(seed.bytes()));
  }

  private void resize(int lines, int columns) {
    input.resize(lines, columns);
    header.writeSize();
  }

  private void becomeAnother(byte[] seed) {
    entropy.reseed(seed);
    processor.random.begin();
  }

  @Override
  public long instructions() {
    return isRunning ? instructions + processor.executedInSlice() : instructions;
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public long nanoseconds() {
    return clock.nanoseconds(instructions());
  }

  /// What the engine did for this guest so far.
  public EngineStatistics engineStatistics() {
    return processor.engineStatistics();
  }

  /// The memory that holds the story. Whoever looks into it, or merges pages of it, does so while
  /// the machine does not run.
  public FrameTable memory() {
    return memory;
  }

  /// Whether the story waits for the user.
  public boolean isWaiting() {
    return requests.isPending();
  }

  @Override
  public void save(Consumer<StateRecord> sink) {
    components.forEach(part -> sink.accept(part.toRecord()));
  }

  @Override
  public void restore(Snapshot snapshot) {
    components.forEach(snapshot::restore);
    broken = null;
  }

  @Override
  public String recordName() {
    return "zmachine";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  /// Tells stories apart whose headers say the same.
  private long fingerprint() {
    CRC32 crc = new CRC32();
    crc.update(spec.story().bytes(0, spec.story().length()));
    return crc.getValue();
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(spec.story().length());
    out.putLong(fingerprint());
    out.putLong(instructions);
    byte[] dynamic = processor.dynamicMemory();
    out.putInt(dynamic.length);
    out.putBytes(dynamic);
    out.putBoolean(ending != null);
    out.putString(ending instanceof StopReason.Stuck(String why) ? why : "");
  }

  @Override
  public void restore(RecordReader in) {
    if (in.getInt() != spec.story().length() || in.getLong() != fingerprint()) {
      throw new SnapshotException("the snapshot is of another story than this one");
    }
    instructions = in.getLong();
    byte[] dynamic = in.getBytes(in.getCount(processor.staticBase));
    if (dynamic.length != processor.staticBase) {
      throw new SnapshotException("the snapshot is damaged: it has not all of the story's memory");
    }
    processor.setDynamicMemory(dynamic);
    boolean hasEnded = in.getBoolean();
    String why = in.getString();
    ending =
        !hasEnded ? null : why.isEmpty() ? new StopReason.PoweredOff(0) : new StopReason.Stuck(why);
  }

  @Override
  public void close() {
    processor.close();
    memory.close();
  }
}
