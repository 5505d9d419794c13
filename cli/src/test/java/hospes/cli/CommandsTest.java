package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir private Path folder;

  @Test
  void withoutImagesTheListSaysHowToGetThem() {
    Shell.Result result = new Shell(folder).run("images");
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    assertTrue(result.out().contains("hospes pull debian"), result.out());
  }

  @Test
  void imagesThatAreUnknownOrNotHereAreErrorsAndNotUsage() {
    Shell.Result pull = new Shell(folder).run("pull", "debain");
    assertEquals(ExitCode.FAILURE, pull.exitCode());
    assertTrue(pull.err().contains("no image \"debain\""), pull.err());
    Shell.Result remove = new Shell(folder).run("rmi", "debian");
    assertEquals(ExitCode.FAILURE, remove.exitCode());
    assertTrue(remove.err().contains("hospes images"), remove.err());
  }

  @Test
  void theDoctorLooksAtWhatGuestsNeed() {
    Shell.Result result = new Shell(folder).run("doctor");
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.out());
    for (String what :
        new String[] {"Java", "processors", "memory", "/dev/kvm", "keyring", "mirror", "cache"}) {
      assertTrue(result.out().contains(" " + what), what + " in " + result.out());
    }
  }

  @Test
  void theDoctorFailsWhereTheCacheCannotBeWritten() {
    Shell.Result result = new Shell(folder).setting("XDG_CACHE_HOME", "/proc/none").run("doctor");
    assertEquals(ExitCode.FAILURE, result.exitCode());
    assertTrue(result.out().contains("set XDG_CACHE_HOME"), result.out());
  }
}
