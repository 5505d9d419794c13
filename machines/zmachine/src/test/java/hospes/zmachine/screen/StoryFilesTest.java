package hospes.zmachine.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryFilesTest {
  @ParameterizedTest
  @CsvSource({
    "story.qzl, true",
    "Märchen 2.sav, true",
    "'', false",
    "., false",
    ".., false",
    ".hidden, false",
    "../up, false",
    "a/b, false",
    "/etc/passwd, false",
    "a\\b, false",
    "C:x, false",
    "a\u0000b, false",
    "a\u0085b, false"
  })
  void onlyNamesWithinTheFolderArePlain(String name, boolean plain) {
    assertEquals(plain, StoryFiles.isPlainName(name));
  }

  @Test
  void whereThereAreNoFilesEverythingFails() {
    StoryFiles none = StoryFiles.none();
    assertFalse(none.exists("a"));
    assertThrows(IOException.class, () -> none.read("a"));
    assertThrows(IOException.class, () -> none.write("a", new byte[1]));
    assertThrows(IOException.class, () -> none.append("a", new byte[1]));
  }
}
