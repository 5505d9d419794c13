package hospes.cli;

import hospes.engine.EngineSettings;
import hospes.host.GuestName;
import hospes.host.Outcome;
import hospes.host.ZStory;
import hospes.zmachine.Story;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Size;

/// A story from its beginning to its end.
final class StorySession {
  private static final int START = 64;
  private static final int DETACHED_LINES = 24;
  private static final int DETACHED_COLUMNS = 80;

  private final Path file;
  private final Story story;
  private final StoryOptions options;
  private final GuestSession.Treatment treatment;
  private final EngineSettings engine;

  StorySession(
      Path file,
      Story story,
      StoryOptions options,
      GuestSession.Treatment treatment,
      EngineSettings engine) {
    this.file = file;
    this.story = story;
    this.options = options;
    this.treatment = treatment;
    this.engine = engine;
  }

  /// The story in a file that the user wants to run; empty where it is no file, or another kind of
  /// file.
  ///
  /// @throws CommandFailure where it cannot be read, or is a story that cannot be played
  /// @throws hospes.formats.FormatException where it is a damaged Blorb file
  static Optional<Story> find(Path file) throws Exception {
    if (!Files.isRegularFile(file)
        || !FileKind.Stories.mayBeStory(InputFile.start(file, "file", START))) {
      return Optional.empty();
    }
    return switch (FileKind.of(InputFile.read(file, "story"))) {
      case FileKind.ZCode(Story found, var _) -> Optional.of(found);
      case FileKind.Unusable(String why) -> throw new CommandFailure("%s %s".formatted(file, why));
      case FileKind.LinuxImage _, FileKind.SupervisorElf _, FileKind.BareMetalElf _ ->
          Optional.empty();
    };
  }

  /// What the story reads: the script first.
  static InputStream input(StoryOptions options, GuestSession.Input source, InputStream standard)
      throws CommandFailure {
    InputStream rest =
        switch (source) {
          case STANDARD -> standard;
          case NONE -> InputStream.nullInputStream();
        };
    return options.script().isPresent()
        ? new SequenceInputStream(
            new ByteArrayInputStream(InputFile.read(options.script().get(), "script")), rest)
        : rest;
  }

  /// Runs the story, and returns the program's exit code.
  int run(
      GuestHosting hosting,
      GuestHosting.Place place,
      Narrator narrator,
      GuestSession.Input source,
      GuestSession.Report report)
      throws CommandFailure, InterruptedException {
    if (!Files.isDirectory(options.saveFolder().toAbsolutePath())) {
      throw new CommandFailure(
          "--save-folder %s is no folder; make it first".formatted(options.saveFolder()));
    }
    Optional<CommandRecord> recording =
        options.recording().isPresent()
            ? Optional.of(CommandRecord.create(options.recording().get()))
            : Optional.empty();
    try {
      ZStory played = played(place, source);
      recording.ifPresent(played::recordedBy);
      Outcome outcome =
          hosting.run(
              treatment.name().orElse(GuestName.derived(String.valueOf(file.getFileName()))),
              (host, free, console) -> {
                played.name(free);
                console.ifPresent(played::console);
                return host.create(played.labelled(treatment.label()));
              },
              source == GuestSession.Input.NONE && options.script().isEmpty()
                  ? GuestSession.Input.NONE
                  : GuestSession.Input.STANDARD,
              (guest, ended) -> {
                Endings.tell(narrator, ended.ending(), treatment.policy());
                if (report == GuestSession.Report.STATISTICS) {
                  RunStatistics.tell(narrator, guest, ended);
                }
              });
      return ExitCode.of(outcome.ending());
    } finally {
      recording.ifPresent(CommandRecord::close);
      recording.ifPresent(written -> written.tell(narrator));
    }
  }

  private ZStory played(GuestHosting.Place place, GuestSession.Input source) {
    ZStory played =
        ZStory.of(story, String.valueOf(file.getFileName()))
            .savesIn(options.saveFolder().toAbsolutePath())
            .policy(treatment.policy())
            .cpu(treatment.share())
            .engine(engine);
    options.seed().ifPresent(played::seed);
    if (options.isPlain()) {
      return played.plain();
    }
    return switch (place) {
      case DETACHED -> played.terminal(DETACHED_LINES, DETACHED_COLUMNS);
      case TERMINAL -> {
        boolean hasTerminal =
            source == GuestSession.Input.STANDARD
                && StandardStream.INPUT.isTerminal()
                && StandardStream.OUTPUT.isTerminal();
        if (!hasTerminal) {
          yield played.plain();
        }
        Size size = RawTerminal.size();
        yield played.terminal(size.getRows(), size.getColumns());
      }
    };
  }
}
