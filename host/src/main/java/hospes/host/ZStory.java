package hospes.host;

import hospes.engine.EngineSettings;
import hospes.formats.FormatException;
import hospes.formats.blorb.BlorbFile;
import hospes.formats.blorb.BlorbResource;
import hospes.storage.files.Reasons;
import hospes.zmachine.ScreenSpec;
import hospes.zmachine.Story;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A story for the Z-machine, as its user describes it: what is played, on what screen, and where
/// it may save.
///
/// ```java
/// ZStory.file(Path.of("story.z5")).terminal(24, 80).savesIn(Path.of("saves")).seed(1)
/// ```
///
/// Each call changes this description and returns it. It may be used for several guests; what is
/// changed later concerns later guests only.
public final class ZStory implements GuestPlan {
  /// Most lines or columns of a screen (Z-Machine Standards 1.1, 8.4).
  public static final int MOST_LINES = 255;

  private static final int PLAIN_LINES = 24;
  private static final int PLAIN_COLUMNS = 80;

  private final Story story;
  private final String stem;
  private ScreenSpec screen = new ScreenSpec.Plain(PLAIN_LINES, PLAIN_COLUMNS);
  private Optional<Path> folder = Optional.empty();
  private OptionalInt seed = OptionalInt.empty();
  private Consumer<String> commands = command -> {};
  private GuestName name;
  private RunPolicy policy = RunPolicy.unlimited(ClockMode.HOST);
  private CpuShare share = CpuShare.DEFAULT;
  private Optional<OutputStream> console = Optional.empty();
  private Optional<EngineSettings> engine = Optional.empty();

  private ZStory(Story story, String fileName) {
    this.story = story;
    int dot = fileName.lastIndexOf('.');
    stem = dot > 0 ? fileName.substring(0, dot) : fileName;
    name = GuestName.derived(fileName);
  }

  /// The story in a file, alone or in a Blorb file.
  ///
  /// @throws HostException where the file cannot be read, or is no story that can be played
  public static ZStory file(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return of(Story.of(executable(content)), String.valueOf(file.getFileName()));
    } catch (NoSuchFileException e) {
      throw new HostException("story %s does not exist".formatted(file), e);
    } catch (FormatException e) {
      throw new HostException("%s cannot be played: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new HostException("cannot read story %s: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static byte[] executable(byte[] content) throws FormatException {
    if (!BlorbFile.hasMagic(content)) {
      return content;
    }
    BlorbFile container = BlorbFile.parse(content);
    BlorbResource story =
        container
            .executable()
            .filter(found -> found.type().equals("ZCOD"))
            .orElseThrow(() -> new FormatException("it holds no story for the Z-machine"));
    return container.content(story);
  }

  /// A story.
  ///
  /// @param fileName of its file: saved stories and the guest are named after it
  public static ZStory of(Story story, String fileName) {
    return new ZStory(story, fileName);
  }

  /// The screen is lines of text, as for a pipe.
  public ZStory plain() {
    screen = new ScreenSpec.Plain(PLAIN_LINES, PLAIN_COLUMNS);
    return this;
  }

  /// The screen is a terminal, which may tell another size later.
  ///
  /// @param lines brought into 1 to [#MOST_LINES], as `columns` are
  public ZStory terminal(int lines, int columns) {
    screen =
        new ScreenSpec.Terminal(
            Math.clamp(lines, 1, MOST_LINES), Math.clamp(columns, 1, MOST_LINES));
    return this;
  }

  /// The folder in which the story's files are: saved stories, transcripts. Without it, it may use
  /// none.
  public ZStory savesIn(Path newFolder) {
    folder = Optional.of(newFolder);
    return this;
  }

  /// Hands over what the user types, a line or a key at a time, on the guest's thread; only for a
  /// story with a folder. Forks and restored guests do not.
  public ZStory recordedBy(Consumer<String> newCommands) {
    commands = newCommands;
    return this;
  }

  /// What random numbers begin with, so that they are the same every time.
  public ZStory seed(int newSeed) {
    seed = OptionalInt.of(newSeed);
    return this;
  }

  /// The guest's name, which no other guest of the host may have.
  ///
  /// @throws HostException where it cannot name a guest
  public ZStory name(String newName) {
    return name(GuestName.chosen(newName));
  }

  /// The guest's name.
  public ZStory name(GuestName newName) {
    name = newName;
    return this;
  }

  /// What guest time follows.
  public ZStory clock(ClockMode clock) {
    return policy(new RunPolicy(clock, policy.timeout(), policy.maxInstructions()));
  }

  /// Ends the guest after this time.
  public ZStory timeout(Duration timeout) {
    return policy(new RunPolicy(policy.clock(), Optional.of(timeout), policy.maxInstructions()));
  }

  /// Clock and limits.
  public ZStory policy(RunPolicy newPolicy) {
    policy = newPolicy;
    return this;
  }

  /// Its claim to the host's processors.
  public ZStory cpu(CpuShare newShare) {
    share = newShare;
    return this;
  }

  /// Sends the console's output to a stream besides. The guest waits until it is taken, and ends
  /// where it is not.
  public ZStory console(OutputStream to) {
    console = Optional.of(to);
    return this;
  }

  /// How code is executed; else as the host does it for all its guests.
  public ZStory engine(EngineSettings settings) {
    engine = Optional.of(settings);
    return this;
  }

  @Override
  public GuestSettings settings() {
    return new GuestSettings(name, policy, share, console);
  }

  @Override
  public MachineFactory machines() {
    StoryGuest.Make make =
        new StoryGuest.Make(
            new StoryPlan(story, stem, screen, folder, seed, policy.clock()), engine, commands);
    return wiring -> StoryGuest.create(make, wiring);
  }
}
