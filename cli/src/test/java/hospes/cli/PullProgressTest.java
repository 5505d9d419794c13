package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.images.Progress;
import hospes.images.Progress.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PullProgressTest {
  @Test
  void aNoteIsALineOfItsOwnAmongTheSteps() {
    StringWriter err = new StringWriter();
    try (PullProgress progress = new PullProgress(new Narrator(new PrintWriter(err)))) {
      progress.progress(new Progress(Phase.DOWNLOADING, "package index", 0, 10));
      progress.progress(new Progress(Phase.DOWNLOADING, "package index", 10, 10));
      progress.note("the older one is used");
      progress.progress(new Progress(Phase.DOWNLOADING, "busybox-static", 0, 10));
    }
    assertEquals(
        "hospes: fetching package index\nhospes: the older one is used\nhospes: fetching busybox-static\n",
        err.toString().replace(System.lineSeparator(), "\n"));
  }
}
