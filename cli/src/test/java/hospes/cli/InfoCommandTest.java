package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.control.Json;
import hospes.testkit.TinyStory;
import hospes.virt.Hello;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoCommandTest {
  @TempDir private Path folder;

  private Shell.Result info(byte[] content, String... options) throws IOException {
    Path file = Files.write(folder.resolve("file"), content);
    String[] arguments = Arrays.copyOf(new String[] {"info", file.toString()}, 2 + options.length);
    System.arraycopy(options, 0, arguments, 2, options.length);
    return new Shell(folder).run(arguments);
  }

  private void assertTells(Shell.Result result, String... lines) {
    assertEquals("", result.err());
    assertEquals(ExitCode.SUCCESS, result.exitCode());
    for (String line : lines) {
      assertTrue(result.out().lines().anyMatch(line::equals), line + " in\n" + result.out());
    }
  }

  private void assertRefuses(Shell.Result result, String why) {
    assertEquals(ExitCode.FAILURE, result.exitCode());
    assertTrue(result.err().startsWith("hospes: ") && result.err().contains(why), result.err());
    assertEquals(1, result.err().lines().count());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8})
  void aStorysHeaderIsTold(int version) throws IOException {
    assertTells(
        info(TinyStory.ofVersion(version)),
        "kind:           a story for the Z-machine",
        "version:        " + version,
        "release:        7",
        "serial:         261125",
        "ifid:           ZCODE-7-261125-00BA",
        "size:           1280 bytes",
        "checksum:       0xba, correct");
  }

  @Test
  void aWrongChecksumIsTold() throws IOException {
    byte[] story = TinyStory.ofVersion(5);
    story[0x480] = 3;
    Shell.Result result = info(story);
    assertEquals(ExitCode.SUCCESS, result.exitCode());
    assertTrue(result.out().contains("WRONG: the header tells 0xba, the story's is 0xbd"));
  }

  @Test
  void paddingIsNoPartOfAStory() throws IOException {
    assertTells(
        info(Arrays.copyOf(TinyStory.ofVersion(5), 1536)),
        "size:           1280 bytes, and 256 of padding",
        "checksum:       0xba, correct");
  }

  @Test
  void anIfidWithinTheStoryComesFirst() throws IOException {
    byte[] story = TinyStory.ofVersion(8);
    byte[] ifid = "UUID://1974a053-7db0-4103-93a1-767c1382c0b7//".getBytes();
    System.arraycopy(ifid, 0, story, 0x410, ifid.length);
    assertTells(info(story), "ifid:           1974A053-7DB0-4103-93A1-767C1382C0B7");
  }

  @Test
  void aStoryInABlorbFileIsFound() throws IOException {
    assertTells(
        info(TinyStory.inBlorb("ZCOD", TinyStory.ofVersion(5))),
        "kind:           a story for the Z-machine, in a Blorb file",
        "resources:      the story only",
        "serial:         261125");
  }

  @Test
  void jsonHasTheSameFacts() throws IOException {
    Shell.Result result = info(TinyStory.ofVersion(3), "--json");
    assertEquals("261125", Json.parse(result.out().getBytes()).get("serial").asText());
  }

  @Test
  void whatATerminalTakesForCommandsIsNotPrinted() throws IOException {
    byte[] story = TinyStory.ofVersion(5);
    byte[] hostile = TinyStory.inBlorb("Z\u001b[2", story);
    Shell.Result result = info(hostile);
    assertRefuses(result, "a story of kind 'Z?[2'");
    assertFalse(result.err().contains("\u001b"));
  }

  @Test
  void otherFilesAreTold() throws IOException {
    Shell.Result result = info(Hello.elf());
    assertTrue(result.out().contains("kind:           an ELF kernel for RISC-V"), result.out());
    assertTrue(result.out().contains("entry:          0x80200000"), result.out());
  }

  @Test
  void damagedAndUnknownFilesAreOneLineOfError() throws IOException {
    byte[] story = TinyStory.ofVersion(5);
    assertRefuses(info(TinyStory.ofVersion(6)), "version 6");
    assertRefuses(info(Arrays.copyOf(story, 1000)), "truncated");
    assertRefuses(info(new byte[0]), "is empty");
    assertRefuses(info(new byte[] {1, 2, 3}), "is nothing that Hospes can run");
    byte[] blorb = TinyStory.inBlorb("ZCOD", story);
    assertRefuses(info(Arrays.copyOf(blorb, 100)), "the Blorb file is damaged");
    assertRefuses(info(TinyStory.inBlorb("GLUL", story)), "a story of kind 'GLUL'");
    assertRefuses(info("\u0089HSP and no more".getBytes("ISO-8859-1")), "snapshot");
  }

  @Test
  void aFileThatIsNotThereIsOneLineOfError() {
    assertRefuses(
        new Shell(folder).run("info", folder.resolve("none").toString()), "does not exist");
    assertRefuses(new Shell(folder).run("info", folder.toString()), "is a directory");
  }
}
