package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.schedule.CpuShare;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UpdateCommandTest {
  @TempDir private Path folder;

  @Test
  void weightAndLimitOfARunningGuestAreChanged() throws Exception {
    try (ExposedGuest w = new ExposedGuest(folder)) {
      w.run("update", "w", "--cpu-weight", "300");
      assertEquals(new CpuShare(300, 1), w.guest().treatment().share());
      w.run("update", "w", "--cpu-limit", "50%");
      assertEquals(new CpuShare(300, 0.5), w.guest().treatment().share());
      assertTrue(w.run("inspect", "w").contains("\"cpu-weight\" : 300"));
      String fork = w.run("fork", "w").strip();
      assertTrue(w.run("inspect", fork).contains("\"cpu-limit\" : 0.5"), "a fork is treated alike");
    }
  }

  @Test
  void whatCannotBeChangedIsAnErrorThatHelps() throws Exception {
    try (ExposedGuest w = new ExposedGuest(folder)) {
      assertTrue(w.fails(ExitCode.USAGE, "update", "w").contains("--cpu-weight"));
      assertTrue(
          w.fails(ExitCode.USAGE, "update", "w", "--cpu-weight", "0").contains("1 to 10000"));
      assertTrue(w.fails(ExitCode.USAGE, "update", "w", "--cpu-limit", "0%").contains("50%"));
      assertTrue(
          w.fails(ExitCode.FAILURE, "update", "w", "--memory", "8M")
              .contains("modprobe virtio_balloon"));
      assertTrue(
          w.fails(ExitCode.FAILURE, "update", "w", "--memory", "1G").contains("was started with"));
      assertEquals(CpuShare.DEFAULT, w.guest().treatment().share());
    }
  }
}
