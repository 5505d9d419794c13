package hospes.zmachine;

import hospes.engine.EngineStatistics;
import hospes.guests.Description;
import hospes.guests.Description.ConsoleStyle;
import hospes.guests.FramedMachine;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.facet.Statistics;
import hospes.machine.Entropy;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.machine.TrapException;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.UserInput;
import hospes.zmachine.text.TextDecoder;
import hospes.zmachine.text.TextHeader;
import hospes.zmachine.text.Tokeniser;
import hospes.zmachine.text.Zscii;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Z-machine that plays a story: the processor, and all that stories print to, read from and save
/// in.
final class ZMachine extends FramedMachine implements Statistics {
  private final ZSpec spec;
  private final FrameTable memory;
  private final ZProcessor processor;
  private final Entropy entropy;
  private final RandomNumbers random;
  private final Screen screen;
  private final UserInput input;
  private final OutputStreams output;
  private final HeaderFields header;
  private final FilePort files;
  private final Script script;
  private final FileUse fileUse;
  private final FileDialogue dialogue;
  private final UndoHistory undo = new UndoHistory();
  private final Requests requests;
  private final Interruptions interruptions;

  private ZMachine(ZSpec spec, Entropy entropy, Resources given, FrameTable memory) {
    super(given);
    this.spec = spec;
    this.entropy = entropy;
    this.memory = memory;
    Story story = spec.story();
    processor = new ZProcessor(story, memory, given.engine());
    ProcessorMemory text = new ProcessorMemory(processor);
    // Memory holds no story yet, or one that has written to it.
    TextHeader told = TextHeader.of(new StoryImage(story));
    Zscii zscii = new Zscii(text, told);
    screen = spec.screen().open(given.console(), story.version());
    input = new UserInput(screen, zscii);
    output = new OutputStreams(processor, screen, new TextDecoder(text, told), zscii);
    random = new RandomNumbers(entropy, spec.seed());
    processor.connect(
        output,
        new TextBuffers(processor, new Tokeniser(text, told), zscii),
        random,
        story.checksum() == story.computedChecksum());
    header = new HeaderFields(processor, screen);
    interruptions = new Interruptions(processor);
    files = new FilePort(outbox);
    script = new Script(spec.script(), outbox);
    dialogue = new FileDialogue(spec.name(), output, input, zscii, files, script);
    SavedStates states = new SavedStates(processor, story, output, header, interruptions);
    fileUse = new FileUse(processor, output, input, files, states);
    requests =
        new Requests(
            processor,
            output,
            input,
            screen,
            new Requests.Files(files, script, dialogue, fileUse),
            states,
            header,
            undo,
            interruptions);
    openDoors();
  }

  private void openDoors() {
    doors()
        .on(PortName.CONSOLE, Payload.Bytes.class, typed -> input.type(typed.bytes()))
        .on(PortName.CONSOLE, Payload.Size.class, size -> resize(size.lines(), size.columns()))
        .on(
            PortName.CLOCK,
            Payload.Time.class,
            now -> clock.advanceTo(now.nanoseconds(), instructionsBeforeSlice()))
        .on(PortName.POWER, Payload.Pressed.class, pressed -> end(new StopReason.PoweredOff(0)))
        .on(PortName.IDENTITY, Payload.Seed.class, seed -> becomeAnother(seed.bytes()))
        .onAnswer(PortName.FILES, files::take)
        .onAnswer(Script.PORT, script::take);
  }

  /// A machine at no state yet, whose memory is zeros.
  private static ZMachine blank(ZSpec spec, Entropy entropy, Resources given) {
    int length = spec.story().length() + FramePool.FRAME_SIZE - 1 & -FramePool.FRAME_SIZE;
    FrameTable memory = new FrameTable(given.pool(), 0, length);
    ZMachine blank = new ZMachine(spec, entropy, given, memory);
    blank.rememberPowerOn(blank.partsOfStory());
    return blank;
  }

  /// A machine at power-on.
  static ZMachine begin(ZSpec spec, Entropy entropy, Resources given) {
    ZMachine begun = blank(spec, entropy, given);
    try {
      begun.begin();
    } catch (RuntimeException | Error failure) {
      begun.close();
      throw failure;
    }
    return begun;
  }

  /// A machine that goes on from a saved state.
  ///
  /// @throws hospes.machine.SnapshotException where that is damaged, or of another story
  static HostedMachine goOn(ZSpec spec, Saved state, Resources given, Identity who) {
    ZMachine restored = blank(spec, Entropy.fixed(0), given);
    try {
      return restored.continueFrom(state, who);
    } catch (RuntimeException | Error failure) {
      restored.close();
      throw failure;
    }
  }

  private void begin() {
    Story story = spec.story();
    memory.write(0, story.bytes(0, story.length()), 0, story.length());
    requests.begin();
  }

  @Override
  protected ZMachine twin(Resources given) {
    FrameTable forked = memory.fork();
    // Decoded code is not shared: where operands are listed, the thread of another guest might see
    // an instruction before its operands. Translated code is shared by what it says.
    for (long page = 0; page < forked.size(); page += FramePool.FRAME_SIZE) {
      forked.unmarkCode(page);
    }
    try {
      return new ZMachine(spec, Entropy.fixed(0), given, forked);
    } catch (RuntimeException | Error failure) {
      forked.close();
      throw failure;
    }
  }

  @Override
  protected Stream<Stateful> parts() {
    return Stream.concat(
        Stream.of(new StoryFingerprint(spec.story()), entropy, random), partsOfStory());
  }

  /// What begins anew with the story.
  private Stream<Stateful> partsOfStory() {
    return Stream.of(
        processor,
        requests,
        interruptions,
        output,
        dialogue,
        undo,
        input,
        screen,
        files,
        fileUse,
        script);
  }

  @Override
  protected void stateReplaced() {
    processor.forgetCode();
    requests.check();
  }

  @Override
  protected void reset() {
    int lines = screen.lines();
    int columns = screen.columns();
    returnToPowerOn(partsOfStory());
    processor.forgetCode();
    screen.resize(lines, columns);
    begin();
  }

  @Override
  protected @Nullable StopReason prepare() {
    while (requests.isPending()) {
      switch (serve()) {
        case DONE -> {}
        case WAITING -> {
          return new StopReason.Idle(requests.wakeAt());
        }
        case ENDED -> {
          end(requests.ending());
          return ending();
        }
      }
    }
    return null;
  }

  private Requests.Progress serve() {
    try {
      return requests.step(nanoseconds());
    } catch (TrapException wrong) {
      fail((ZTrap) wrong.trap());
      return Requests.Progress.DONE;
    }
  }

  @Override
  protected int slice(long most) {
    int executed = processor.execute((int) Math.min(most, Integer.MAX_VALUE));
    interruptions.drop();
    ZTrap failure = processor.failure;
    if (failure != null) {
      fail(failure);
    }
    if (output.isFull()) {
      fileUse.flush();
    }
    return executed;
  }

  private void fail(ZTrap failure) {
    requests.fail(StackTrace.of(processor, failure));
  }

  @Override
  protected int executedInSlice() {
    return processor.executedInSlice();
  }

  @Override
  protected void abandonSlice() {
    processor.abandonSlice();
  }

  @Override
  protected void ended() {
    fileUse.flushAtLast();
    screen.end();
  }

  private void resize(int lines, int columns) {
    input.resize(lines, columns);
    header.writeSize();
  }

  private void becomeAnother(byte[] seed) {
    entropy.reseed(seed);
    random.begin();
  }

  @Override
  public Description description() {
    return new Description(
        1,
        memory.size(),
        switch (spec.screen()) {
          case ScreenSpec.Plain _ -> ConsoleStyle.LINES;
          case ScreenSpec.Terminal _ -> ConsoleStyle.SCREEN;
        });
  }

  @Override
  public EngineStatistics engineStatistics() {
    return processor.engineStatistics();
  }

  @Override
  public List<FrameTable> frames() {
    return List.of(memory);
  }

  @Override
  public void close() {
    processor.close();
    memory.close();
  }
}
