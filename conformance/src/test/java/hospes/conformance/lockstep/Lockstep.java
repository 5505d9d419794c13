package hospes.conformance.lockstep;

import hospes.engine.Disassembler;
import hospes.engine.EngineSettings;
import hospes.engine.InstructionTable;
import hospes.riscv.RiscvInstructions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// One program on the interpreter and on another tier, compared after every step.
final class Lockstep {
  private static final int[] STEPS = {40, 1_000, 20_000, 20_000};
  private static final int TRACE = 24;
  private static final InstructionTable TABLE = RiscvInstructions.table();
  private static final Disassembler DISASSEMBLER =
      new Disassembler(
          TABLE, Disassembler.Style.ALIASES, address -> "0x" + Long.toHexString(address));

  private final RandomProgram program;
  private final Supplier<GuestRun> other;
  private final long fixedStep;

  /// A program to be run in step.
  ///
  /// @param other starts it where it is to be judged
  /// @param fixedStep instructions in each step; 0 for steps of random lengths
  Lockstep(RandomProgram program, Supplier<GuestRun> other, long fixedStep) {
    this.program = program;
    this.other = other;
    this.fixedStep = fixedStep;
  }

  private GuestRun judge() {
    return new GuestRun(program.elf(), EngineSettings.interpreter());
  }

  /// Runs about so many instructions; what differs, if anything does.
  Optional<String> run(long instructions) {
    List<Long> steps = steps(instructions);
    int bad = firstBad(steps);
    return bad < 0 ? Optional.empty() : Optional.of(report(steps.subList(0, bad + 1)));
  }

  private List<Long> steps(long instructions) {
    SplittableRandom random = new SplittableRandom(~program.seed());
    List<Long> steps = new ArrayList<>();
    for (long sum = 0; sum < instructions; sum += steps.getLast()) {
      steps.add(
          fixedStep > 0 ? fixedStep : random.nextLong(1, STEPS[random.nextInt(STEPS.length)]));
    }
    return steps;
  }

  /// The first step after which the two differ, or -1.
  private int firstBad(List<Long> steps) {
    try (GuestRun judge = judge();
        GuestRun judged = other.get()) {
      for (int i = 0; i < steps.size(); i++) {
        judge.step(steps.get(i));
        judged.step(steps.get(i));
        if (!judged.observe().matches(judge.observe())) {
          return i;
        }
      }
      return -1;
    }
  }

  /// Makes the last step, the bad one, as short as possible with the two still differing, and
  /// describes it.
  private String report(List<Long> steps) {
    List<Long> good = steps.subList(0, steps.size() - 1);
    long most = steps.getLast();
    long least = 0;
    boolean again = firstBad(steps) == good.size();
    while (again && most - least > 1) {
      long middle = (least + most) / 2;
      if (firstBad(with(good, middle)) >= 0) {
        most = middle;
      } else {
        least = middle;
      }
    }
    return describe(good, most)
        + (again ? "" : "\nIt did not differ a second time: it depends on threads and time.");
  }

  private static List<Long> with(List<Long> good, long last) {
    List<Long> all = new ArrayList<>(good);
    all.add(last);
    return all;
  }

  private String describe(List<Long> good, long last) {
    List<String> lines = new ArrayList<>();
    try (GuestRun judge = judge();
        GuestRun judged = other.get()) {
      for (long step : good) {
        judge.step(step);
        judged.step(step);
      }
      long start = judge.instructions();
      judged.step(last);
      Observation wrong = judged.observe();
      lines.add(
          "In the program of seed %d, tiers differ from instruction %,d on, when run on from %,d (pc %x)."
              .formatted(program.seed(), start + last, start, judge.observe().hart(HartField.PC)));
      lines.add(
          "Repeat with -Dtest=LockstepTest -Dlockstep.seed=%d, and -Dlockstep.n=1 to look closer."
              .formatted(program.seed()));
      lines.add("The interpreter's way there:");
      judge.step(Math.max(0, last - TRACE));
      for (long i = Math.max(0, last - TRACE); i < last; i++) {
        lines.add(instruction(judge.observe()));
        judge.step(1);
      }
      Observation right = judge.observe();
      lines.add("and then:" + instruction(right));
      lines.add("Wrong:");
      wrong.differences(right).forEach(line -> lines.add("  " + line));
    }
    return String.join("\n", lines);
  }

  /// The next instruction, as far as addresses are those of `runtime.s`.
  private static String instruction(Observation at) {
    long pc = at.hart(HartField.PC);
    long physical = pc >= 0x4010_0000L && pc < 0x4020_0000L ? pc - 0x4010_0000L + 0x8000_0000L : pc;
    return "  %x: %s"
        .formatted(pc, DISASSEMBLER.disassemble(pc, at.word(physical)).replace('\t', ' '));
  }
}
