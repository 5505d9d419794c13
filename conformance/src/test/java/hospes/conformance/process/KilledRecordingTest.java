package hospes.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.riscv.RiscvAssembler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A host that is killed while it records leaves a journal which lacks at most the last second.
@Timeout(300)
final class KilledRecordingTest {
  /// How old what a replay does not print may be.
  private static final long MOST_LOST_MILLISECONDS = 1_500;

  /// Prints letters for ever, and never waits.
  private static final String PROGRAM =
      """
              .globl _start
      _start: li      s0, 0x10000000
      again:  li      s1, 'a'
      letter: li      t0, 20000
      1:      addi    t0, t0, -1
              bnez    t0, 1b
              sb      s1, (s0)
              addi    s1, s1, 1
              li      t0, 'z'
              bleu    s1, t0, letter
              li      t0, 10
              sb      t0, (s0)
              j       again
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"host", "virtual"})
  void onlyTheLastSecondIsLost(String clock) throws Exception {
    Path runtime = Files.createDirectory(folder.resolve("runtime"));
    Path journal = folder.resolve("run.journal");
    Path program =
        Files.write(
            folder.resolve("printer.elf"),
            RiscvAssembler.toElf(RiscvAssembler.assemble(0x8000_0000L, "printer", PROGRAM)));
    Random random = new Random(clock.hashCode());
    for (int round = 0; round < 2; round++) {
      String before;
      String printed;
      try (HospesProcess host =
          new HospesProcess(
              runtime,
              Path.of("/dev/null"),
              "run",
              program.toString(),
              "--memory",
              "16M",
              "--clock",
              clock,
              "--record",
              journal.toString())) {
        host.awaitLine("abcdefghijklmnopqrstuvwxyz");
        host.waitFor(500 + random.nextInt(1_000));
        before = host.output();
        host.waitFor(MOST_LOST_MILLISECONDS);
        host.kill();
        printed = host.output();
      }
      HospesProcess.Result replay =
          HospesProcess.run(runtime, "replay", journal.toString(), "--verify");
      assertEquals(0, replay.exitCode(), replay.errors());
      assertTrue(replay.errors().contains("unfinished"), replay.errors());
      assertTrue(printed.startsWith(replay.output()), "the replay says what the guest said");
      assertTrue(
          replay.output().length() >= before.length(),
          "it ends %d letters early".formatted(before.length() - replay.output().length()));
    }
  }
}
