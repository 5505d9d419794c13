package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The reference page in the documentation is the one that the instruction methods give.
final class ReferencePageTest {
  @Test
  void theCommittedPageIsTheGeneratedOne() throws IOException {
    try (InputStream generated = getClass().getResourceAsStream("/META-INF/reference/zcode.md")) {
      assertEquals(
          new String(
              Objects.requireNonNull(generated, "/META-INF/reference/zcode.md").readAllBytes(),
              StandardCharsets.UTF_8),
          Files.readString(Path.of("..", "..", "docs", "reference", "zcode.md")),
          "the instructions changed; to take the change over into the documentation:"
              + " cp machines/zmachine/target/classes/META-INF/reference/zcode.md docs/reference/zcode.md");
    }
  }
}
