package hospes.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.images.ImageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianMirrorTest {
  @TempDir Path etc;

  @Test
  void deb822SourcesAreUnderstood() throws Exception {
    apt(
        "sources.list.d/debian.sources",
        """
        # The distribution
        Types: deb deb-src
        URIs: http://mirror.example.org/debian/
        Suites: bookworm bookworm-updates
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        URIs: http://mirror.example.org/debian-security
        Suites: bookworm-security
        Components: main
        """);
    DebianMirror mirror = find();
    assertEquals("http://mirror.example.org/debian", mirror.base().toString());
    assertTrue(mirror.origin().endsWith("debian.sources"));
  }

  @Test
  void oneLineSourcesAreUnderstood() throws Exception {
    apt(
        "sources.list",
        """
        # deb http://commented.example.org/debian trixie main
        deb-src http://source.example.org/debian trixie main
        deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://other.example.org/tool stable main
        deb [ arch=amd64 ] https://deb.example.org/debian trixie main contrib # ours
        """);
    assertEquals("https://deb.example.org/debian", find().base().toString());
  }

  @Test
  void sourcesThatAreOffOrOfSomebodyElseAreNotTaken() throws Exception {
    apt(
        "sources.list.d/a.sources",
        """
        Enabled: no
        Types: deb
        URIs: http://off.example.org/debian
        Suites: trixie
        Components: main

        Types: deb
        URIs: https://tool.example.org/apt
        Suites: stable
        Components: main

        Types: deb
        URIs: https://ubuntu.example.org/ubuntu
        Suites: noble
        Components: main universe

        Types: deb
        URIs: cdrom:[Debian]/
        Suites: trixie
        Components: main
        """);
    apt("sources.list.d/b.list.disabled", "deb http://disabled.example.org/debian trixie main\n");
    ImageException e = assertThrows(ImageException.class, this::find);
    assertEquals(Reason.NO_MIRROR, e.reason());
    assertEquals(Optional.of(ImageException.Remedy.NAME_MIRROR), e.remedy());
    for (String way : List.of("HOSPES_DEBIAN_MIRROR", "debian.mirror", "config.properties")) {
      assertTrue(e.getMessage().contains(way), e.getMessage());
    }
  }

  @Test
  void theUserGoesBeforeTheEnvironmentThatBeforeTheFileAndThatBeforeApt() throws Exception {
    apt("sources.list", "deb http://apt.example.org/debian trixie main\n");
    assertEquals("http://apt.example.org/debian", find().base().toString());
    Files.writeString(
        etc.resolve("config.properties"), "debian.mirror=http://file.example.org/debian\n");
    assertEquals("http://file.example.org/debian", find().base().toString());
    ImageSettings settings =
        settings(Map.of(ImageSettings.MIRROR_VARIABLE, "http://variable.example.org/debian"));
    assertEquals(
        "http://variable.example.org/debian",
        DebianMirror.find(Optional.empty(), settings).base().toString());
    assertEquals(
        "http://option.example.org/debian",
        DebianMirror.find(Optional.of("http://option.example.org/debian/"), settings)
            .base()
            .toString());
  }

  @Test
  void addressesThatCannotBeUsedAreNamed() {
    for (String address :
        List.of(
            "", "example.org", "ftp://example.org/debian", "http:///x", "http://a b/", "file:x")) {
      ImageException e =
          assertThrows(
              ImageException.class,
              () -> DebianMirror.find(Optional.of(address), settings(Map.of())),
              address);
      assertEquals(Reason.BAD_MIRROR, e.reason());
      assertTrue(e.getMessage().contains("from the command"), e.getMessage());
    }
  }

  private DebianMirror find() throws ImageException {
    return DebianMirror.find(Optional.empty(), settings(Map.of()));
  }

  private ImageSettings settings(Map<String, String> environment) {
    return new ImageSettings(
        etc.resolve("cache"),
        etc.resolve("config.properties"),
        etc.resolve("apt"),
        List.of(),
        environment);
  }

  private void apt(String name, String text) throws IOException {
    Path file = etc.resolve("apt").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
