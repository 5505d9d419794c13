package hospes.conformance.stories;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.engine.EngineSettings;
import hospes.guests.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Stories with bytes changed, played with random keys: each ends in a typed refusal, in an error
/// of the story, or goes on to the end of its budget; never in a Java exception, never later than
/// the budget says. Where one does not, its file is kept in `target/stories/found`.
class StoryFuzzTest {
  private static final String[] NAMES = {"opcodes", "keys", "saves", "windows"};
  private static final int[] VERSIONS = {3, 4, 5, 7, 8};
  private static final long MOST = 300_000;
  private static final Duration TOO_LONG = Duration.ofSeconds(30);

  @Test
  void aMinuteOfMutatedStories() throws Exception {
    fuzz(Duration.ofSeconds(60), 20_261_125);
  }

  @Test
  @Tag("slow")
  void halfAnHourOfMutatedStories() throws Exception {
    fuzz(Duration.ofMinutes(30), System.nanoTime());
  }

  private static void fuzz(Duration time, long seed) throws Exception {
    System.out.println("fuzzing stories from seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + time.toNanos();
    int played = 0;
    int refused = 0;
    while (System.nanoTime() < end) {
      String name = NAMES[random.nextInt(NAMES.length)];
      int version = VERSIONS[random.nextInt(name.equals("keys") ? 1 : 0, VERSIONS.length)];
      byte[] story = mutated(Files.readAllBytes(InformStory.compiled(name, version)), random);
      String input = keys(random);
      EngineSettings engine =
          random.nextInt(4) == 0 ? EngineSettings.translator() : EngineSettings.interpreter();
      long start = System.nanoTime();
      try {
        StoryRun run = StoryRun.play(name, story, input, engine, MOST);
        assertTrue(run.end().instructions() <= MOST, "it ran past its budget");
        played++;
      } catch (RefusedException refusal) {
        refused++;
      } catch (Throwable bug) {
        fail("%s broke it: %s".formatted(keep(story, input), bug), bug);
      }
      if (System.nanoTime() - start > TOO_LONG.toNanos()) {
        fail(keep(story, input) + " took too long");
      }
    }
    System.out.println(played + " mutated stories played, " + refused + " refused");
    assertTrue(played > 100, "only %d stories were played".formatted(played));
  }

  /// A few bytes anywhere, or in the header, or a story that is cut off.
  private static byte[] mutated(byte[] story, SplittableRandom random) {
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes; i++) {
      int at =
          switch (random.nextInt(4)) {
            case 0 -> 2 + random.nextInt(62);
            case 1 -> random.nextInt(0x600);
            default -> random.nextInt(64, story.length);
          };
      story[at] = (byte) random.nextInt(256);
    }
    return random.nextInt(50) == 0 ? Arrays.copyOf(story, random.nextInt(story.length)) : story;
  }

  private static String keys(SplittableRandom random) {
    StringBuilder keys = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      keys.append(random.nextInt(5) == 0 ? '\n' : (char) (random.nextInt(32, 127)));
    }
    return keys.append("\n\n\nq\nq\n").toString();
  }

  private static Path keep(byte[] story, String input) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "stories", "found"));
    Path file = Files.createTempFile(folder, "story", ".z");
    Files.write(file, story);
    Files.write(
        file.resolveSibling(file.getFileName() + ".keys"), input.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
