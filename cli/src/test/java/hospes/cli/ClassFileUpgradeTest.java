package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The library that a build rewrites is whole afterwards, and the JVM takes every class of it.
final class ClassFileUpgradeTest {
  /// Major version of Java 7, the first without the old verifier to fall back on.
  private static final int JAVA_7 = 51;

  @TempDir private Path folder;

  private static Path picocli() throws Exception {
    return Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void everyClassIsUpgradedAndVerified() throws Exception {
    Path library = folder.resolve("picocli.jar");
    Files.copy(picocli(), library);
    ClassFileUpgrade.main(new String[] {folder.toString()});
    assertFalse(Files.exists(folder.resolve("picocli.jar.new")));
    int classes = 0;
    try (ZipFile before = new ZipFile(picocli().toFile());
        ZipFile after = new ZipFile(library.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {library.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      assertEquals(before.size(), after.size());
      for (ZipEntry entry : Collections.list(after.entries())) {
        String name = entry.getName();
        if (!name.endsWith(".class") || name.endsWith("module-info.class")) {
          continue;
        }
        try (InputStream in = after.getInputStream(entry)) {
          byte[] head = in.readNBytes(Long.BYTES);
          assertTrue((head[7] & 0xff) >= JAVA_7, name);
        }
        if (name.startsWith("picocli/CommandLine")) {
          Class.forName(
              name.substring(0, name.length() - ".class".length()).replace('/', '.'), true, loader);
          classes++;
        }
      }
    }
    assertTrue(classes > 100, classes + " classes");
  }

  @Test
  void aLibraryThatNeedsNothingStaysAsItIs() throws Exception {
    Path library = folder.resolve("picocli.jar");
    Files.copy(picocli(), library);
    ClassFileUpgrade.main(new String[] {folder.toString()});
    byte[] upgraded = Files.readAllBytes(library);
    ClassFileUpgrade.main(new String[] {folder.toString()});
    assertEquals(-1, Files.mismatch(library, Files.write(folder.resolve("before"), upgraded)));
  }
}
