package hospes.conformance.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.conformance.isa.HospesSide.Addressing;
import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.engine.InstructionDefinition;
import hospes.engine.InstructionTable;
import hospes.riscv.RiscvInstructions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every instruction against QEMU, in generated streams. `-Dconformance.seed=N` starts with other
/// streams; a report of a difference names the seed of its stream.
@EveryTier
class InstructionStreamTest {
  private static final long SEED = Long.getLong("conformance.seed", 20_240_411);
  private static final long ENOUGH = Long.getLong("conformance.instructions", 12_000_000);

  /// Where streams are translated, fewer are enough: they are the same ones, and most of the time
  /// goes into translating what is executed a dozen times.
  private static final int SHARE = 8;

  private static final long FAR = 1L << 40;
  private static final int BATCH = 64;
  private static final int LENGTH = 100;
  private static final int ROUNDS = 12;
  private static final int OFTEN = 500;
  private static final Path REPORTS = Path.of("target", "conformance");

  private final InstructionTable table = RiscvInstructions.table();
  private final StreamGenerator generator = new StreamGenerator(table);
  private final Tier tier;
  private final long enough;

  InstructionStreamTest(Tier tier) {
    this.tier = tier;
    enough = tier == Tier.INTERPRETER ? ENOUGH : ENOUGH / SHARE;
  }

  @ParameterizedTest
  @EnumSource(Addressing.class)
  void everyInstructionDoesWhatQemuDoes(Addressing addressing, @TempDir Path directory)
      throws Exception {
    try (QemuSide qemu = new QemuSide(directory);
        HospesSide hospes = new HospesSide(table, addressing, tier);
        ExecutorService judge = Executors.newSingleThreadExecutor()) {
      long seed = addressing == Addressing.BARE ? SEED : SEED + FAR;
      long first = seed;
      while (hospes.executed() < enough) {
        List<Stream> streams = new ArrayList<>();
        List<StreamCode.Assembled> codes = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          Stream stream = generator.generate(seed++, LENGTH, ROUNDS);
          streams.add(stream);
          codes.add(StreamCode.assemble(table, stream));
        }
        Future<long[]> theirs = judge.submit(() -> qemu.digests(streams, codes));
        compare(streams, codes, theirs, qemu, hospes);
      }
      System.out.printf(
          "%,d instructions executed as QEMU does, in streams %d to %d%n",
          hospes.executed(), first, seed - 1);
    }
    assertAllWereDrawn(generator.drawn());
  }

  private void compare(
      List<Stream> streams,
      List<StreamCode.Assembled> codes,
      Future<long[]> theirs,
      QemuSide qemu,
      HospesSide hospes)
      throws Exception {
    long[] ours = new long[BATCH * ROUNDS];
    int bad = -1;
    for (int i = 0; i < BATCH && bad < 0; i++) {
      try {
        System.arraycopy(hospes.digests(streams.get(i), codes.get(i)), 0, ours, i * ROUNDS, ROUNDS);
      } catch (HospesSide.Trapped trapped) {
        bad = i;
      }
    }
    FailureReport report = new FailureReport(table, qemu, hospes);
    long[] judged;
    try {
      judged = theirs.get();
    } catch (java.util.concurrent.ExecutionException died) {
      qemu.restart();
      fail(report.write(firstDeadly(streams, codes, qemu), REPORTS));
      return;
    }
    int first = Arrays.mismatch(ours, judged);
    if (bad >= 0 || first >= 0) {
      int stream = first < 0 ? bad : bad < 0 ? first / ROUNDS : Math.min(bad, first / ROUNDS);
      fail(report.write(streams.get(stream), REPORTS));
    }
  }

  /// The first stream that ends QEMU.
  private static Stream firstDeadly(
      List<Stream> streams, List<StreamCode.Assembled> codes, QemuSide qemu) throws IOException {
    for (int i = 0; i < streams.size(); i++) {
      try {
        qemu.digests(List.of(streams.get(i)), List.of(codes.get(i)));
      } catch (IOException died) {
        qemu.restart();
        return streams.get(i);
      }
    }
    throw new AssertionError("QEMU ended once, but on none of the streams alone");
  }

  private void assertAllWereDrawn(Map<String, Integer> drawn) {
    List<String> rare =
        table.instructions().stream()
            .filter(instruction -> !StreamGenerator.isForeign(instruction))
            .map(InstructionDefinition::mnemonic)
            .filter(mnemonic -> drawn.getOrDefault(mnemonic, 0) * (long) ROUNDS < OFTEN)
            .toList();
    assertTrue(rare.isEmpty() || enough < 10_000_000, () -> "hardly tested: " + rare);
  }

  @Test
  void everyBitOfTheStateCounts(@TempDir Path directory) throws IOException {
    try (QemuSide qemu = new QemuSide(directory);
        HospesSide hospes = new HospesSide(table, Addressing.BARE, tier)) {
      Stream nothing = generator.generate(SEED, 0, 1);
      StreamCode.Assembled code = StreamCode.assemble(table, nothing);
      long digest = hospes.digests(nothing, code)[0];
      assertEquals(digest, qemu.digests(List.of(nothing), List.of(code))[0]);
      for (int i = 1; i < Layout.STATE_WORDS; i++) {
        long[] state = nothing.states().getFirst().clone();
        state[i] ^= 1L << i % 5;
        Stream changed = nothing.withRound(nothing.window(), state);
        assertNotEquals(digest, qemu.digests(List.of(changed), List.of(code))[0]);
        List<String> found =
            hospes
                .answers(nothing, code)
                .getFirst()
                .differences(qemu.answers(changed, code).getFirst());
        assertEquals(1, found.size(), found::toString);
      }
    }
  }
}
