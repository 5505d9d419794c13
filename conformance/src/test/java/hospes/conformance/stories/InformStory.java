package hospes.conformance.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Stories that are compiled from our own sources (`src/test/inform`) by Inform.
public final class InformStory {
  private static final Path SOURCES = Path.of("src", "test", "inform");
  private static final Map<String, Path> COMPILED = new ConcurrentHashMap<>();

  private InformStory() {}

  /// A story file of a version, compiled when it is first asked for.
  public static Path compiled(String name, int version) {
    return COMPILED.computeIfAbsent(name + ".z" + version, file -> compile(name, version, file));
  }

  private static Path compile(String name, int version, String file) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "stories"));
      Path story = folder.resolve(file);
      Process inform =
          new ProcessBuilder(
                  "inform6",
                  "-w",
                  "-v" + version,
                  SOURCES.resolve(name + ".inf").toString(),
                  story.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(inform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (inform.waitFor() != 0) {
        throw new IllegalStateException("inform6 does not compile " + name + ":\n" + said);
      }
      return story;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "inform6 cannot be started; on Debian: sudo apt-get install inform6-compiler", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
