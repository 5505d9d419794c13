package hospes.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a story is played: options of `hospes run` for stories alone.
final class StoryOptions {
  @Option(
      names = "--plain",
      description =
          "Show a story as lines of text, without windows; so it is where output is no terminal.")
  private boolean plain;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Type the lines of FILE at the story first; shows it as --plain does.")
  private Optional<Path> script = Optional.empty();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write what is typed at the story to FILE, for --script.")
  private Optional<Path> recording = Optional.empty();

  @Option(
      names = "--save-folder",
      paramLabel = "FOLDER",
      description =
          "Where a story saves: it can reach no other file (default: the current folder).")
  private Optional<Path> saveFolder = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Give a story the same random numbers every time.")
  private Optional<Integer> seed = Optional.empty();

  boolean isPlain() {
    // A page that waits for a key would take one of the script's.
    return plain || script.isPresent();
  }

  Optional<Path> script() {
    return script;
  }

  Optional<Path> recording() {
    return recording;
  }

  Path saveFolder() {
    return saveFolder.orElse(Path.of(""));
  }

  Optional<Integer> seed() {
    return seed;
  }

  /// Whether the user said anything of a story.
  boolean areGiven() {
    return plain
        || script.isPresent()
        || recording.isPresent()
        || saveFolder.isPresent()
        || seed.isPresent();
  }
}
