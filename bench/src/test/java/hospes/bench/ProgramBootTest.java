package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.bench.Emulator.BootFiles;
import hospes.bench.Report.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramBootTest {
  private static final BootFiles FILES =
      new BootFiles(Path.of("kernel"), Path.of("initrd"), "quiet", List.of());

  /// Takes a tenth of a second, so that the two lines do not arrive at once.
  private static final String WORK = "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done; ";

  @TempDir private Path folder;

  private final List<String> progress = new ArrayList<>();
  private final ProgramBoot boot =
      new ProgramBoot(
          FILES,
          EnumSet.of(GuestProgram.SORT, GuestProgram.JSON),
          0.1,
          3,
          new GuestProcess(Duration.ofSeconds(60)),
          progress::add);

  private Emulator.Hospes guest(String name, String script) throws Exception {
    return FakeGuest.of(folder.resolve(name), name, script);
  }

  @Test
  void theFirstRunIsColdAndAllLaterOnesAreWarm() throws Exception {
    Emulator.OfBoards guest =
        guest("a", "echo 'bench: begin'; " + WORK + "echo 'bench: end 0123abcd'");
    Runs runs = Objects.requireNonNull(boot.take(guest).programs().get(GuestProgram.SORT));
    assertEquals(
        String.format(
            Locale.ROOT,
            "a, sort: %.2f %.2f %.2f",
            runs.cold().wall(),
            runs.warm().get(0).wall(),
            runs.warm().get(1).wall()),
        progress.getFirst());
    assertEquals(2, progress.size());
  }

  @Test
  void programsAreStartedWithTheirRounds() throws Exception {
    Emulator.OfBoards guest =
        guest(
            "a",
            """
            case $n$line in
              [123]'/bench/sort 85' | [456]'/bench/json 110') echo 'bench: begin' ;;
            esac
            %s
            echo 'bench: end 00000000'"""
                .formatted(WORK));
    assertEquals(2, boot.take(guest).programs().size());
  }

  @Test
  void aChecksumThatDiffersFromAnotherEmulatorsIsRefused() throws Exception {
    String script = "echo 'bench: begin'; " + WORK + "echo 'bench: end 0000000%s'";
    boot.take(guest("a", script.formatted("1")));
    BenchFailure failure =
        assertThrows(BenchFailure.class, () -> boot.take(guest("b", script.formatted("2"))));
    assertEquals(
        "sort: b computes 00000002, but a computed 00000001; one of them is wrong",
        failure.getMessage());
  }

  @Test
  void aProgramThatCannotBeStartedIsShown() throws Exception {
    Emulator.OfBoards guest = guest("a", "echo 'sh: not found'");
    BenchFailure failure = assertThrows(BenchFailure.class, () -> boot.take(guest));
    assertTrue(failure.toString().contains("did not start /bench/sort"), failure.toString());
    assertTrue(failure.toString().contains("sh: not found"), failure.toString());
  }

  @Test
  void aProgramThatDiesIsShown() throws Exception {
    Emulator.OfBoards guest = guest("a", "echo 'bench: begin'; echo 'Segmentation fault'");
    BenchFailure failure = assertThrows(BenchFailure.class, () -> boot.take(guest));
    assertTrue(failure.toString().contains("/bench/sort did not finish"), failure.toString());
    assertTrue(failure.toString().contains("Segmentation fault"), failure.toString());
  }
}
