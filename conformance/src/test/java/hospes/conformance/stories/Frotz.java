package hospes.conformance.stories;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The oracle: Debian's dfrotz.
final class Frotz {
  private static final Path DEBIAN = Path.of("/usr/games/dfrotz");

  private Frotz() {}

  /// What it prints where a story is played with this input.
  ///
  /// @param folder where it saves
  static String play(Path story, String input, Path folder) {
    String program = Files.isExecutable(DEBIAN) ? DEBIAN.toString() : "dfrotz";
    try {
      Process frotz =
          new ProcessBuilder(
                  List.of(
                      program,
                      "-q",
                      "-m",
                      "-s",
                      "7",
                      "-h",
                      "24",
                      "-w",
                      "80",
                      story.toAbsolutePath().toString()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      try (OutputStream keys = frotz.getOutputStream()) {
        keys.write(input.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException ended) {
        // The story ended before it read everything.
      }
      String text = new String(frotz.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      frotz.waitFor();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "dfrotz cannot be started; on Debian: sudo apt-get install frotz", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
