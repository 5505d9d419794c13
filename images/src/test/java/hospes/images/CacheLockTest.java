package hospes.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLockTest {
  @TempDir Path directory;

  /// Another process: takes the lock, says so, and keeps it until its input ends.
  public static void main(String[] arguments) throws IOException {
    try (CacheLock _ = CacheLock.take(Path.of(arguments[0]), () -> {})) {
      System.out.println("locked");
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  void anotherProcessIsWaitedFor() throws Exception {
    Path file = directory.resolve("lock");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CacheLockTest.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("locked", out.readLine());
      var waits = new AtomicInteger();
      try (CacheLock lock =
          CacheLock.take(
              file,
              () -> {
                waits.incrementAndGet();
                endInput(other);
              })) {
        assertTrue(lock.waited());
        assertEquals(1, waits.get());
      }
      assertEquals(0, other.waitFor());
    } finally {
      other.destroy();
    }
  }

  @Test
  void aFreeLockIsTakenAtOnce() throws Exception {
    Path file = directory.resolve("lock");
    for (int i = 0; i < 2; i++) {
      try (CacheLock lock = CacheLock.take(file, () -> {})) {
        assertFalse(lock.waited());
      }
    }
  }

  private static void endInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
