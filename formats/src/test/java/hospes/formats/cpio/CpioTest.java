package hospes.formats.cpio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import hospes.formats.HostileBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpioTest {
  @Test
  void anArchiveSurvivesWritingAndReading() throws IOException {
    List<CpioEntry> entries = CpioReader.read(archive());

    assertEquals(
        List.of("dev", "dev/console", "bin", "bin/busybox", "bin/sh", "etc", "etc/motd"),
        entries.stream().map(CpioEntry::path).toList());
    CpioEntry console = entries.get(1);
    assertEquals(020600, console.mode());
    assertEquals(5, console.major());
    assertEquals(1, console.minor());
    assertTrue(entries.get(2).isDirectory());
    assertTrue(entries.get(3).isFile());
    assertEquals(0755, entries.get(3).permissions());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, entries.get(3).data());
    assertTrue(entries.get(4).isSymbolicLink());
    assertEquals("busybox", new String(entries.get(4).data(), StandardCharsets.UTF_8));
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    assertArrayEquals(archive(), archive());
  }

  @Test
  void theKernelFindsHeadersAndDataAtMultiplesOfFour() throws IOException {
    byte[] archive = archive();
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    int members = 0;
    for (int at = text.indexOf("070701"); at >= 0; at = text.indexOf("070701", at + 1)) {
      assertEquals(0, at % 4);
      members++;
    }
    assertEquals(8, members);
    assertTrue(text.contains("TRAILER!!!\0"));
  }

  @Test
  void pathsThatLeaveTheRootAreRefused() throws IOException {
    try (var cpio = new CpioWriter(new ByteArrayOutputStream())) {
      for (String path : List.of("", "/etc", "../x", "a//b", "a/./b", "a/", "a\0b", "TRAILER!!!")) {
        assertThrows(IllegalArgumentException.class, () -> cpio.text(path, ""), path);
      }
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] archive = archive();
    // What follows the name of the trailer is padding, which a reader may do without.
    HostileBytes.everyPrefixIsRefused(
        Arrays.copyOf(archive, archive.length - 3), file -> CpioReader.read(file));
  }

  @Test
  void damageNeverEscapesAsAnotherException() throws IOException {
    HostileBytes.damageIsSurvived(archive(), file -> CpioReader.read(file));
  }

  @Test
  void somethingElseIsNotAnArchive() {
    byte[] zeros = new byte[512];
    assertThrows(FormatException.class, () -> CpioReader.read(zeros));
  }

  private static byte[] archive() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var cpio = new CpioWriter(bytes)) {
      cpio.characterDevice("dev/console", 0600, 5, 1);
      cpio.file("bin/busybox", 0755, new byte[] {1, 2, 3, 4, 5});
      cpio.symbolicLink("bin/sh", "busybox");
      cpio.directory("bin");
      cpio.text("etc/motd", "hello\n");
    }
    return bytes.toByteArray();
  }
}
