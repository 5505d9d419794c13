package hospes.conformance.privileged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.StopReason;
import hospes.testkit.RunEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Privileged behaviour against QEMU 7.2; where the two differ, the manual decides
/// ([QemuDeviations]).
@EveryTier
final class PrivilegedBehaviourTest {
  private static final long BIG_SLICE = 1L << 40;

  /// Odd, and small enough to fall into the middle of everything.
  private static final long SMALL_SLICE = 97;

  @TempDir Path directory;

  private final Tier tier;

  PrivilegedBehaviourTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void exceptionsEnterAndLeaveAsTheManualSays() throws IOException {
    compare("traps", QemuDeviations.TRAPS);
  }

  @Test
  void interruptsComeInOrderAndOnlyWhereTheyAreEnabled() throws IOException {
    compare("interrupts", QemuDeviations.INTERRUPTS);
  }

  @Test
  void pageTablesPermitWhatTheirEntriesSayInEveryScheme() throws IOException {
    compare("paging", QemuDeviations.PAGING);
  }

  @Test
  void accessesOverBordersAndChangedCodeAndReservationsBehave() throws IOException {
    compare("memory", QemuDeviations.MEMORY);
  }

  @Test
  void physicalMemoryProtectionBindsEveryAccess() throws IOException {
    compare("pmp", QemuDeviations.PMP);
  }

  @Test
  void controlRegistersExistWhereTheyShouldAndKeepLegalValues() throws IOException {
    compare("csrs", QemuDeviations.CSRS);
  }

  @Test
  void countersCountInstructions() throws IOException {
    compare("counters", QemuDeviations.COUNTERS);
  }

  /// QEMU 7.2 has none of this, so the expected lines are written down from the manual: 3.1.18 and
  /// 11.3.1 (ADUE, Svade), and RISC-V Unprivileged ISA 20240411, 19 (Zicbom, Zicboz). Numbers are
  /// as `paging.h` explains.
  @Test
  void accessedBitsTrapAndCacheBlocksAreCheckedAsTheManualSays() throws IOException {
    RunEnd run = new BareMetal(directory, "extensions").onHospes(tier, SMALL_SLICE);
    assertLines(EXTENSIONS.lines().toList(), run.console().lines().toList());
    assertEquals(new StopReason.PoweredOff(0), run.reason());
  }

  private static final String EXTENSIONS =
      """
      -- ADUE off
      ADUE at reset: 2000000000000000
      page: S ok/4f ok/cf ok/4f U d/f f/f c/f
      page: S ok/4f ok/cf ok/4f U d/4f f/4f c/4f
      page: S ok/cf ok/cf ok/cf U d/8f f/8f c/8f
      page: S ok/cf ok/cf ok/cf U d/cf f/cf c/cf
      page: S d/f f/f c/f U d/f f/f c/f
      page: S ok/4f f/4f ok/4f U d/4f f/4f c/4f
      page: S d/8f f/8f c/8f U d/8f f/8f c/8f
      page: S ok/cf ok/cf ok/cf U d/cf f/cf c/cf
      -- cache blocks: inval, clean, flush, zero
      S, all shut: 2@5a00f 2@15a00f 2@25a00f 2@45a00f
      bit: 4
      S: ok 2@15a00f 2@25a00f 2@45a00f
      U, opened by S: ok 2@15a00f 2@25a00f 2@45a00f
      U, opened by M: ok 2@15a00f 2@25a00f 2@45a00f
      bit: 5
      S: ok 2@15a00f 2@25a00f 2@45a00f
      U, opened by S: ok 2@15a00f 2@25a00f 2@45a00f
      U, opened by M: ok 2@15a00f 2@25a00f 2@45a00f
      bit: 6
      S: 2@5a00f ok ok 2@45a00f
      U, opened by S: 2@5a00f ok ok 2@45a00f
      U, opened by M: 2@5a00f ok ok 2@45a00f
      bit: 7
      S: 2@5a00f 2@15a00f 2@25a00f ok
      U, opened by S: 2@5a00f 2@15a00f 2@25a00f ok
      U, opened by M: 2@5a00f 2@15a00f 2@25a00f ok
      before the block: eeeeeeeeeeeeeeee
      its start: 0
      its end: 0
      behind the block: eeeeeeeeeeeeeeee
      flags: 2
      mapped: ok ok ok f
      entry: 43
      flags: 8
      mapped: ok ok ok f
      entry: 49
      flags: 6
      mapped: ok ok ok ok
      entry: c7
      flags: e
      mapped: ok ok ok ok
      entry: cf
      not mapped: f f f f
      nowhere: 7 7 7 7
      """;

  /// Runs a program on both, and on Hospes in two ways, for slices must not change anything.
  private void compare(String name, List<Deviation> deviations) throws IOException {
    BareMetal program = new BareMetal(directory, name);
    RunEnd whole = program.onHospes(tier, BIG_SLICE);
    assertEquals(new StopReason.PoweredOff(0), whole.reason(), whole.console());
    assertLines(corrected(program.onQemu(), deviations), whole.console().lines().toList());
    assertEquals(whole, program.onHospes(tier, SMALL_SLICE), "slices changed the run");
  }

  /// QEMU's transcript as it would be if QEMU did what the manual says. Every deviation must be
  /// seen: one that is not is out of date.
  private static List<String> corrected(List<String> lines, List<Deviation> deviations) {
    List<String> corrected = new ArrayList<>();
    List<Deviation> unseen = new ArrayList<>(deviations);
    for (String line : lines) {
      String right = line;
      for (Deviation deviation : deviations) {
        if (deviation.concerns(line)) {
          unseen.remove(deviation);
          right = deviation.correct(line);
          break;
        }
      }
      corrected.add(right);
    }
    assertTrue(unseen.isEmpty(), () -> "QEMU does not deviate as described: " + unseen);
    return corrected;
  }

  private static void assertLines(List<String> expected, List<String> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      int line = i;
      assertEquals(
          expected.get(i),
          actual.get(i),
          () -> "line %d, under \"%s\"".formatted(line + 1, section(actual, line)));
    }
    assertEquals(expected.size(), actual.size(), "number of lines");
  }

  private static String section(List<String> lines, int before) {
    for (int i = before; i >= 0; i--) {
      if (lines.get(i).startsWith("--")) {
        return lines.get(i);
      }
    }
    return "the start";
  }
}
