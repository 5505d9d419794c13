package hospes.conformance.lockstep;

import hospes.engine.Assembly;
import hospes.engine.AssemblySource;
import hospes.engine.InstructionTable;
import hospes.riscv.RiscvAssembler;
import hospes.riscv.RiscvInstructions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// A program made from a seed, which never ends: functions that call each other, in a loop, over
/// the trap handler in `src/test/guest/lockstep/runtime.s`.
///
/// @param seed what it was made from
/// @param text its source, without the handler's
/// @param assembly the whole program
record RandomProgram(long seed, String text, Assembly assembly) {
  private static final Path RUNTIME = Path.of("src", "test", "guest", "lockstep", "runtime.s");
  private static final long BASE = 0x8000_0000L;
  private static final int FUNCTIONS = 10;
  private static final int STATEMENTS = 14;
  private static final int WILD = 1500;
  private static final int[] MODES = {3, 1, 0};
  private static final int[] TIMER_MASKS = {3, 15, 63};
  private static final InstructionTable TABLE = RiscvInstructions.table();

  /// The program of a seed.
  static RandomProgram of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = start(seed, MODES[(int) Math.floorMod(seed, 3L)], random);
    constant(text, "MOST_TRAPS", 400);
    constant(text, "MOST_TIMERS", 3000);
    Statements statements = new Statements(TABLE, random, text);
    dispatcher(text, random);
    for (int i = 0; i < FUNCTIONS; i++) {
      statements.function(i, FUNCTIONS, random.nextInt(2, STATEMENTS));
    }
    return assemble(seed, text);
  }

  /// Instructions of all kinds in no order, which ask for trouble: in S-mode or U-mode, where they
  /// cannot put the trap handler out of action.
  static RandomProgram wild(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = start(seed, (int) (seed & 1), random);
    constant(text, "MOST_TRAPS", 20);
    constant(text, "MOST_TIMERS", 2);
    text.append(
        """
        dispatch:
                ld   gp, data_pointer
                la   sp, stack
                rdinstret t0            # somewhere else each time
                li   t1, 0x7ff
                and  t0, t0, t1
                slli t0, t0, 1
                la   t1, wild
                add  t0, t0, t1
                jr   t0
        wild:
        """);
    WildCode code = new WildCode(TABLE, random);
    for (int i = 0; i < WILD; i++) {
      text.append(code.next());
    }
    text.append("        j dispatch\n");
    return assemble(seed, text);
  }

  private static StringBuilder start(long seed, int mode, SplittableRandom random) {
    StringBuilder text = new StringBuilder("# Seed " + seed + "\n");
    constant(text, "MODE", mode);
    constant(text, "TIMER_MASK", TIMER_MASKS[random.nextInt(TIMER_MASKS.length)]);
    constant(text, "PMP_HOLE", random.nextInt(2));
    constant(text, "SEED", random.nextInt() | 1);
    return text.append("        .text\n");
  }

  private static RandomProgram assemble(long seed, StringBuilder text) {
    return new RandomProgram(
        seed,
        text.toString(),
        RiscvAssembler.assemble(
            BASE,
            List.of(
                new AssemblySource("runtime.s", runtime()),
                new AssemblySource("program-" + seed + ".s", text.toString()))));
  }

  /// Where the program begins again when nothing else helps.
  private static void dispatcher(StringBuilder text, SplittableRandom random) {
    text.append("dispatch:\n        la sp, stack\n        ld gp, data_pointer\n");
    text.append("        la tp, functions\n        sd zero, saved + 56, t0\n");
    for (int i = 0; i < FUNCTIONS + 2; i++) {
      int function = i < FUNCTIONS ? i : random.nextInt(FUNCTIONS);
      if (random.nextBoolean()) {
        text.append("        ld t5, crossing_pointer\n        jalr t5\n");
      }
      switch (random.nextInt(4)) {
        case 0 -> text.append("        ecall\n");
        case 1 -> // The same code at another address.
            text.append("        la t5, function%d\n".formatted(function))
                .append("        ld t4, window\n        add t5, t5, t4\n        jalr t5\n");
        default -> {}
      }
      text.append("        call function%d\n".formatted(function));
    }
    text.append("        j dispatch\nfunctions:\n");
    for (int i = 0; i < FUNCTIONS; i++) {
      text.append("        .word function%d - functions\n".formatted(i));
    }
  }

  private static void constant(StringBuilder text, String name, long value) {
    text.append("        .equ ").append(name).append(", ").append(value).append('\n');
  }

  private static String runtime() {
    try {
      return Files.readString(RUNTIME);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  byte[] elf() {
    return RiscvAssembler.toElf(assembly);
  }
}
