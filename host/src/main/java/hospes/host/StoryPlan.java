package hospes.host;

import hospes.engine.EngineSettings;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.zmachine.ScreenSpec;
import hospes.zmachine.Story;
import hospes.zmachine.StoryException;
import hospes.zmachine.ZSpec;
import hospes.zmachine.screen.StoryFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A story and how it is played: all that its machine's specification says, but for what the host
/// adds when it is built. Kept with a snapshot, the story included.
///
/// @param stem by which files that the story saves are called unless the user says otherwise
/// @param folder where they are; empty for a story that may use no files
/// @param seed what its random numbers begin with, where they are to be the same every time
/// @param clock decides whether random numbers without a seed are the same every time
record StoryPlan(
    Story story,
    String stem,
    ScreenSpec screen,
    Optional<Path> folder,
    OptionalInt seed,
    ClockMode clock) {
  private static final String PLAN = "story.plan";
  private static final String FILE = "story.file";
  private static final int VERSION = 1;
  private static final int MOST_LINES = 255;

  /// @param commands takes what the user types
  ZSpec spec(ConsoleOutput console, Consumer<String> commands, EngineSettings engine) {
    return new ZSpec(
        story,
        stem,
        screen,
        console,
        folder.<StoryFiles>map(path -> new StoryFolder(path, commands)).orElseGet(StoryFiles::none),
        seed,
        switch (clock) {
          case HOST -> VirtPlan.freshEntropy();
          case VIRTUAL -> Entropy.fixed(0);
        },
        engine);
  }

  /// How the console of such a machine wants to be treated.
  ConsoleStyle consoleStyle() {
    return switch (screen) {
      case ScreenSpec.Plain _ -> ConsoleStyle.LINES;
      case ScreenSpec.Terminal _ -> ConsoleStyle.SCREEN;
    };
  }

  List<StateRecord> toRecords() {
    RecordWriter out = new RecordWriter();
    out.putString(stem);
    out.putBoolean(screen instanceof ScreenSpec.Terminal);
    out.putInt(screen.lines());
    out.putInt(screen.columns());
    out.putBoolean(folder.isPresent());
    out.putString(folder.map(path -> path.toAbsolutePath().toString()).orElse(""));
    out.putBoolean(seed.isPresent());
    out.putInt(seed.orElse(0));
    out.putBoolean(clock == ClockMode.VIRTUAL);
    return List.of(
        new StateRecord(PLAN, VERSION, out.toByteArray()),
        new StateRecord(FILE, VERSION, story.bytes(0, story.length())));
  }

  /// The plan of a machine that was saved.
  ///
  /// @throws SnapshotException where a record is missing or damaged
  static StoryPlan restore(Snapshot state) {
    RecordReader in = state.reader(PLAN, VERSION);
    return new StoryPlan(story(state), in.getString(), screen(in), folder(in), seed(in), clock(in));
  }

  private static Story story(Snapshot state) {
    state.reader(FILE, VERSION);
    byte[] file =
        state.records().stream()
            .filter(found -> found.name().equals(FILE))
            .findFirst()
            .orElseThrow()
            .bytes();
    try {
      return Story.of(file);
    } catch (StoryException e) {
      throw new SnapshotException("the snapshot's story cannot be played: " + e.getMessage(), e);
    }
  }

  private static ScreenSpec screen(RecordReader in) {
    boolean isTerminal = in.getBoolean();
    int lines = Math.max(1, in.getCount(MOST_LINES));
    int columns = Math.max(1, in.getCount(MOST_LINES));
    return isTerminal
        ? new ScreenSpec.Terminal(lines, columns)
        : new ScreenSpec.Plain(lines, columns);
  }

  private static Optional<Path> folder(RecordReader in) {
    boolean isThere = in.getBoolean();
    String name = in.getString();
    try {
      return isThere ? Optional.of(Path.of(name)) : Optional.empty();
    } catch (InvalidPathException e) {
      throw new SnapshotException("the snapshot names a folder that cannot be", e);
    }
  }

  private static OptionalInt seed(RecordReader in) {
    boolean isThere = in.getBoolean();
    int seed = in.getInt();
    return isThere ? OptionalInt.of(seed) : OptionalInt.empty();
  }

  private static ClockMode clock(RecordReader in) {
    return in.getBoolean() ? ClockMode.VIRTUAL : ClockMode.HOST;
  }
}
