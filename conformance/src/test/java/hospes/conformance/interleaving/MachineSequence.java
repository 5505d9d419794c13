package hospes.conformance.interleaving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.conformance.tiers.RandomDelay;
import hospes.conformance.tiers.Tier;
import hospes.engine.EngineMode;
import hospes.engine.EngineSettings;
import hospes.engine.RegionLibrary;
import hospes.guests.Frozen;
import hospes.guests.Identity;
import hospes.guests.Saved;
import hospes.machine.Snapshot;
import hospes.memory.FramePool;
import hospes.memory.PageMerger;
import hospes.memory.Reclaimer;
import hospes.memory.Reclaimer.Choice;
import hospes.memory.SwapFile;
import hospes.virt.VirtKind;
import hospes.virt.VirtMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A sequence of operations on machines that share a pool of memory, drawn from a seed: the same
/// sequence for the same seed, to the instruction.
final class MachineSequence {
  private static final int STEPS = 100;
  private static final int MOST_MACHINES = 8;
  private static final int MOST_SNAPSHOTS = 3;

  /// Half of the slices are shorter than the square root of this.
  private static final int LONGEST_SLICE = 120_000;

  private static final int SOON = 3;
  private static final long MOST_SWAP = 64 << 20;

  private record Live(int number, Churn program, VirtMachine machine) {
    @Override
    public String toString() {
      return "machine %d (%s) at %d".formatted(number, program, machine.instructions());
    }
  }

  private record Kept(Churn program, Snapshot records, KeptPages pages) {}

  private final SplittableRandom random;
  private final FramePool pool = new FramePool();
  private final PageMerger merger = new PageMerger(pool);
  private final Reclaimer reclaimer;
  private final RegionLibrary library = new RegionLibrary();
  private final List<Churn> programs = new ArrayList<>();
  private final List<Live> live = new ArrayList<>();
  private final List<Kept> saved = new ArrayList<>();
  private final List<KeptPages> everything = new ArrayList<>();
  private final Claims claims = new Claims();
  private final StringBuilder story = new StringBuilder();
  private int made;

  private MachineSequence(long seed, Path folder) {
    random = new SplittableRandom(seed);
    reclaimer =
        new Reclaimer(
            pool,
            random.nextInt(4) == 0 ? Optional.empty() : Optional.of(merger),
            () -> new SwapFile(folder.resolve("swap-" + seed), MOST_SWAP));
    story.append("seed ").append(seed).append('\n');
  }

  /// How often things happened.
  record Counts(int states, long merged, long zeros, long swappedOut, long swappedIn) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          states + other.states,
          merged + other.merged,
          zeros + other.zeros,
          swappedOut + other.swappedOut,
          swappedIn + other.swappedIn);
    }
  }

  /// Plays the sequence of a seed; fails if a machine was ever in a state in which an undisturbed
  /// one is not, or if memory is left when all are gone.
  ///
  /// @param folder for a swap file
  static Counts play(long seed, Path folder) {
    MachineSequence sequence = new MachineSequence(seed, folder);
    try {
      sequence.play();
    } catch (RuntimeException | Error failure) {
      throw new AssertionError("failed: " + sequence.story, failure);
    } finally {
      sequence.pool.close();
    }
    return sequence.counts();
  }

  private Counts counts() {
    PageMerger.Statistics found = merger.statistics();
    SwapFile.Statistics swap = reclaimer.swap();
    return new Counts(claims.size(), found.merged(), found.zeros(), swap.written(), swap.read());
  }

  private void play() {
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      programs.add(Churn.random(random));
    }
    boot();
    for (int step = 0; step < STEPS; step++) {
      operate();
    }
    live.forEach(this::claim);
    while (!live.isEmpty()) {
      kill();
    }
    claims.verify(story.toString());
    merger.close();
    assertEquals(0, pool.used(), "frames that nobody has");
    assertEquals(0, reclaimer.swap().pages(), "pages in the swap file that nobody has");
    assertEquals(
        0, everything.stream().mapToInt(KeptPages::open).sum(), "snapshots that nobody needs");
    reclaimer.close();
  }

  private void operate() {
    if (live.isEmpty()) {
      boot();
    }
    switch (random.nextInt(20)) {
      case 0 -> boot();
      case 1, 2, 3 -> fork();
      case 4 -> save();
      case 5 -> restore();
      case 6 -> kill();
      case 7, 8, 9, 10 -> merge();
      case 11, 12, 13 -> sweep();
      default -> advance();
    }
    if (!live.isEmpty() && random.nextInt(4) == 0) {
      claim(any());
    }
  }

  private Live any() {
    return live.get(random.nextInt(live.size()));
  }

  private void tell(String what) {
    story.append("  ").append(what).append('\n');
  }

  private EngineSettings engine() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Tier.INTERPRETER.engine();
      case 2 -> Tier.AUTO.engine();
      case 3 -> Tier.EAGER.engine();
      case 4 -> new EngineSettings(EngineMode.AUTO, SOON, new RandomDelay(1, 3_000), library);
      default -> new EngineSettings(EngineMode.AUTO, SOON, Runnable::run, library);
    };
  }

  private void boot() {
    if (live.size() < MOST_MACHINES) {
      Churn program = programs.get(random.nextInt(programs.size()));
      enter(program, Churn.alone(engine(), pool).powerOn(program.virt()), "boots");
    }
  }

  private void enter(Churn program, VirtMachine machine, String how) {
    Live one = new Live(made++, program, machine);
    live.add(one);
    tell(one + " " + how);
  }

  private void fork() {
    if (live.size() < MOST_MACHINES) {
      Live parent = any();
      enter(
          parent.program(),
          Churn.alone(engine(), pool).fork(parent.machine(), new Identity.Same()),
          "is a fork of " + parent.number());
    }
  }

  private void save() {
    Live one = any();
    tell(one + " is saved");
    Snapshot records = new Snapshot();
    Kept now;
    try (Frozen frozen = one.machine().freeze()) {
      frozen.records().forEach(records::add);
      now = new Kept(one.program(), records, new KeptPages(frozen.frames().getFirst()));
    }
    everything.add(now.pages());
    if (saved.size() < MOST_SNAPSHOTS) {
      saved.add(now);
    } else {
      saved.set(random.nextInt(MOST_SNAPSHOTS), now);
    }
  }

  private void restore() {
    if (!saved.isEmpty() && live.size() < MOST_MACHINES) {
      Kept one = saved.get(random.nextInt(saved.size()));
      Saved state =
          new Saved(
              one.program().virt().plan(),
              one.records(),
              frames -> one.pages().fill(frames.getFirst()));
      VirtMachine machine =
          new VirtKind()
              .restore(state, Churn.alone(engine(), pool).resources(), new Identity.Same());
      enter(one.program(), machine, "is restored");
    }
  }

  private void kill() {
    Live one = live.remove(random.nextInt(live.size()));
    tell(one + " is killed");
    one.machine().close();
  }

  private void merge() {
    int pages = 1 << random.nextInt(10);
    // A pair needs two looks, so often all are looked at.
    for (Live one : random.nextBoolean() ? List.copyOf(live) : List.of(any())) {
      tell(
          "%s is looked at for merging, %d pages: %d"
              .formatted(one, pages, merger.scan(one.machine().memory(), pages)));
    }
  }

  private void sweep() {
    Live one = any();
    int most = 1 << random.nextInt(8);
    Choice choice = random.nextInt(4) == 0 ? Choice.ANY : Choice.COLD;
    tell(
        "%s is swept of %d pages, %s: %s"
            .formatted(one, most, choice, reclaimer.sweep(one.machine().memory(), most, choice)));
  }

  private void advance() {
    Live one = any();
    int instructions = (int) Math.pow(LONGEST_SLICE, random.nextDouble());
    tell("%s runs for %d".formatted(one, instructions));
    Claims.advance(one.machine(), one.machine().instructions() + instructions);
  }

  private void claim(Live one) {
    claims.add(
        one.program(), one.machine().instructions(), Snapshot.hash(one.machine()), one.toString());
  }
}
