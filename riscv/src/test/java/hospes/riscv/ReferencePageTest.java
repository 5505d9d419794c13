package hospes.riscv;

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
    try (InputStream generated = getClass().getResourceAsStream("/META-INF/reference/riscv.md")) {
      assertEquals(
          new String(
              Objects.requireNonNull(generated, "/META-INF/reference/riscv.md").readAllBytes(),
              StandardCharsets.UTF_8),
          Files.readString(Path.of("..", "docs", "reference", "riscv.md")),
          "the instructions changed; to take the change over into the documentation:"
              + " cp riscv/target/classes/META-INF/reference/riscv.md docs/reference/riscv.md");
    }
  }
}
