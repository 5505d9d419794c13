package hospes.host.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.virt.Virt;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever makes another machine or another guest makes another template.
final class TemplateKeyTest {
  private static final TemplateSubject DEBIAN =
      new TemplateSubject("debian", "c1", "~ # ", Path.of("t"));

  private static Plan plan(long memory, int harts, String commandLine) {
    return Virt.hello().memory(memory).harts(harts).append(commandLine).plan();
  }

  @Test
  void anythingThatDiffersMakesAnotherFile() {
    TemplateKey one = TemplateKey.of(DEBIAN, plan(1 << 20, 1, "a"), "build");
    List<TemplateKey> others =
        List.of(
            TemplateKey.of(DEBIAN, plan(2 << 20, 1, "a"), "build"),
            TemplateKey.of(DEBIAN, plan(1 << 20, 2, "a"), "build"),
            TemplateKey.of(DEBIAN, plan(1 << 20, 1, "a b"), "build"),
            TemplateKey.of(DEBIAN, plan(1 << 20, 1, "a"), "another build"),
            TemplateKey.of(
                new TemplateSubject("debian", "c2", "~ # ", Path.of("t")),
                plan(1 << 20, 1, "a"),
                "build"));
    Set<String> names = new HashSet<>(Set.of(one.fileName()));
    for (TemplateKey other : others) {
      assertTrue(names.add(other.fileName()), other.text());
      assertNotEquals(one.text(), other.text());
    }
    assertEquals(one.fileName(), TemplateKey.of(DEBIAN, plan(1 << 20, 1, "a"), "build").fileName());
  }

  @Test
  void aFamilyIsOneContentAndOneBuild() {
    TemplateKey one = TemplateKey.of(DEBIAN, plan(1 << 20, 1, "a"), "build");
    TemplateKey larger = TemplateKey.of(DEBIAN, plan(2 << 20, 4, "b"), "build");
    TemplateKey newer = TemplateKey.of(DEBIAN, plan(1 << 20, 1, "a"), "newer");
    assertEquals(one.family(), larger.family());
    assertNotEquals(one.family(), newer.family());
    assertTrue(one.fileName().startsWith(one.family()));
  }

  @Test
  void theBuildIsTheSameAsLongAsNothingIsBuilt() {
    assertEquals(ProgramBuild.id(), ProgramBuild.id());
    assertTrue(ProgramBuild.id().contains("@"), ProgramBuild.id());
  }

  @Test
  void theScreenBeginsBehindWhatTheKernelSaid() {
    assertEquals(
        "\r\nDebian\r\n~ # ",
        TemplateMaker.screen(
            "OpenSBI\r\n[    0.000000] Linux\r\n[   12.345678] Run /init\r\n\r\nDebian\r\n~ # "));
    assertEquals("hello> ", TemplateMaker.screen("hello> "));
  }
}
