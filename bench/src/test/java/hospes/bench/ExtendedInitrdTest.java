package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtendedInitrdTest {
  @TempDir private Path folder;

  @Test
  void theSecondArchiveBeginsAtAMultipleOfFourBytes() throws Exception {
    Path base = Files.write(folder.resolve("base"), new byte[] {1, 2, 3, 4, 5});
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
    Path target = folder.resolve("made/initrd.cpio");
    ExtendedInitrd.write(base, Map.of("bench/shell", program), target);
    byte[] written = Files.readAllBytes(target);
    assertArrayEquals(
        new byte[] {1, 2, 3, 4, 5, 0, 0, 0, '0', '7', '0', '7', '0', '1'},
        Arrays.copyOf(written, 14));
    String text = new String(written, StandardCharsets.ISO_8859_1);
    int header = text.indexOf("bench/shell\0") - 110;
    assertEquals("0707010000000" + "1000081ED", text.substring(header, header + 22));
    assertEquals("#!/bin/sh\n", text.substring(text.indexOf('#'), text.indexOf('#') + 10));
  }
}
