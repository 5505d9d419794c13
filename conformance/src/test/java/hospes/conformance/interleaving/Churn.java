package hospes.conformance.interleaving;

import hospes.engine.AssemblySource;
import hospes.engine.EngineSettings;
import hospes.memory.FramePool;
import hospes.riscv.RiscvAssembler;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// The program `churn.s`, which never ends: it keeps writing its memory, and what it writes depends
/// on what it read.
///
/// @param seed of its random numbers
/// @param pages of data that it works on, a power of two
/// @param harts that do so
/// @param elf the program
record Churn(long seed, int pages, int harts, byte[] elf) {
  /// Size of the guest's memory.
  static final long MEMORY = 8L << 20;

  /// What a guest with virtual time finds on its clock.
  private static final long START =
      TimeUnit.SECONDS.toNanos(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());

  private static final Path SOURCE = Path.of("src", "test", "guest", "interleaving", "churn.s");
  private static final long BASE = 0x8000_0000L;
  private static final int[] PAGES = {4, 16, 64, 256};

  /// One at random.
  static Churn random(SplittableRandom random) {
    return of(
        random.nextInt() | 1, PAGES[random.nextInt(PAGES.length)], random.nextInt(4) == 0 ? 2 : 1);
  }

  /// One as given.
  static Churn of(long seed, int pages, int harts) {
    String constants = "        .equ SEED, %d\n        .equ PAGES, %d\n".formatted(seed, pages);
    List<AssemblySource> sources =
        List.of(
            new AssemblySource("constants", constants), new AssemblySource("churn.s", program()));
    return new Churn(
        seed, pages, harts, RiscvAssembler.toElf(RiscvAssembler.assemble(BASE, sources)));
  }

  private static String program() {
    try {
      return Files.readString(SOURCE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// What a host makes of it on virtual time, too.
  Virt virt() {
    return Virt.bareMetal(elf).memory(MEMORY).harts(harts);
  }

  /// What such a guest is given.
  static Standalone alone(EngineSettings engine, FramePool pool) {
    return Standalone.on(dropped -> {}).with(engine).with(pool).as(0, START);
  }

  @Override
  public String toString() {
    return "churn of %d pages on %d harts, seed %d".formatted(pages, harts, seed);
  }
}
