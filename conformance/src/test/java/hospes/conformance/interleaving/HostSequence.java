package hospes.conformance.interleaving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.tiers.Tier;
import hospes.engine.EngineSettings;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestState;
import hospes.host.guest.GuestStateException;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.IdentityChoice;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.RestoreOptions;
import hospes.host.guest.RunPolicy;
import hospes.host.guest.Treatment;
import hospes.machine.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two threads do with guests of one host what users may do, drawn from a seed, while the guests
/// run. How far a guest has come at each step is up to the host's threads, so a seed repeats what
/// is done, but not exactly when.
final class HostSequence {
  private static final int DRIVERS = 2;
  private static final int STEPS = 60;
  private static final int MOST_GUESTS = 5;
  private static final int MOST_FILES = 2;
  private static final int MOST_INSTRUCTIONS = 4_000_000;

  private final long seed;
  private final Path folder;
  private final Host host;

  /// Whether there is less memory than the guests want.
  private final boolean scarce;

  private final Claims claims = new Claims();
  private final List<Churn> programs = new ArrayList<>();

  private HostSequence(long seed, HostSettings settings, Path folder) {
    this.seed = seed;
    this.folder = folder;
    host = Host.open(settings);
    scarce = settings.memoryBytes().isPresent();
  }

  /// Plays the sequence of a seed; fails if a guest was ever in a state in which an undisturbed one
  /// is not, or ended otherwise than it was to.
  ///
  /// @param folder for snapshots
  /// @return how many states were compared
  static int play(long seed, Path folder) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    HostSequence sequence = new HostSequence(seed, settings(random), folder);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      sequence.programs.add(Churn.random(random));
    }
    List<Driver> drivers = new ArrayList<>();
    for (int number = 0; number < DRIVERS; number++) {
      drivers.add(sequence.new Driver(number, random.split()));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(DRIVERS)) {
      for (Future<Void> driver : threads.invokeAll(drivers)) {
        driver.get();
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("seed %d failed: %s".formatted(seed, drivers), failed.getCause());
    } finally {
      sequence.host.close();
    }
    sequence.claims.verify("seed %d: %s".formatted(seed, drivers));
    return sequence.claims.size();
  }

  /// Guests share pages; in every second host they swap as well.
  private static HostSettings settings(SplittableRandom random) {
    HostSettings settings = new HostSettings(2);
    return random.nextBoolean() ? settings : settings.withMemory(random.nextLong(1, 4) << 20);
  }

  private record Live(Churn program, Guest guest) {}

  private record Saved(Churn program, Path file) {}

  private record Seen(long instructions, String hash) {}

  /// One of the threads, and its guests.
  private final class Driver implements Callable<Void> {
    private final int number;
    private final SplittableRandom random;
    private final List<Live> live = new ArrayList<>();
    private final List<Saved> saved = new ArrayList<>();
    private final StringBuffer story = new StringBuffer();

    Driver(int number, SplittableRandom random) {
      this.number = number;
      this.random = random;
    }

    @Override
    public String toString() {
      return "\nthread %d:\n%s".formatted(number, story);
    }

    @Override
    public Void call() throws Exception {
      for (int step = 0; step < STEPS; step++) {
        if (live.isEmpty()) {
          start();
        }
        Live one = live.get(random.nextInt(live.size()));
        try {
          operate(one);
        } catch (GuestStateException over) {
          if (one.guest().state() == GuestState.STOPPED) {
            end(one, "has ended");
          } else if (!scarce) {
            throw over; // else the host may have paused it, or let it go on, meanwhile
          }
        }
      }
      for (Live one : List.copyOf(live)) {
        if (scarce || one.guest().state() == GuestState.PAUSED) {
          one.guest().kill();
        }
        one.guest().await();
        end(one, "is left to its end");
      }
      return null;
    }

    private void operate(Live one) throws Exception {
      switch (random.nextInt(16)) {
        case 0, 1 -> start();
        case 2, 3, 4 -> fork(one);
        case 5, 6 -> save(one);
        case 7, 8 -> restore();
        case 9 -> {
          one.guest().kill();
          end(one, "is killed");
        }
        case 10 -> {
          one.guest().reset();
          tell(one, "is reset");
        }
        case 11, 12, 13 -> pauseOrResume(one);
        default -> claim(one, "is looked at");
      }
    }

    private void tell(Live one, String what) {
      story
          .append("  ")
          .append(one.guest().name())
          .append(" (")
          .append(one.program())
          .append(") ")
          .append(what)
          .append('\n');
    }

    private EngineSettings engine() {
      return switch (random.nextInt(3)) {
        case 0 -> Tier.INTERPRETER.engine();
        case 1 -> Tier.AUTO.engine();
        default -> Tier.EAGER.engine();
      };
    }

    private void enter(Live one, String how) {
      live.add(one);
      tell(one, how);
    }

    private void start() {
      if (live.size() < MOST_GUESTS) {
        Churn program = programs.get(random.nextInt(programs.size()));
        Treatment treatment =
            Treatment.usual()
                .policy(
                    new RunPolicy(
                        ClockMode.VIRTUAL, Optional.empty(), random.nextInt(MOST_INSTRUCTIONS)));
        enter(
            new Live(
                program,
                host.start(
                    program.virt().plan(),
                    random.nextBoolean() ? treatment.engine(engine()) : treatment)),
            "starts");
      }
    }

    private void fork(Live one) throws InterruptedException {
      if (live.size() < MOST_GUESTS) {
        for (Guest fork : one.guest().fork(random.nextInt(1, 3), IdentityChoice.SAME)) {
          enter(new Live(one.program(), fork), "is a fork of " + one.guest().name());
        }
      }
    }

    private void save(Live one) throws InterruptedException {
      // The name of an earlier file, at times: guests that were restored from it have it still.
      Path file = folder.resolve("%d-%d-%d".formatted(seed, number, random.nextInt(MOST_FILES)));
      one.guest().snapshot(file);
      saved.removeIf(earlier -> earlier.file().equals(file));
      saved.add(new Saved(one.program(), file));
      tell(one, "is saved to " + file.getFileName());
    }

    private void restore() throws Exception {
      if (!saved.isEmpty() && live.size() < MOST_GUESTS) {
        Saved one = saved.get(random.nextInt(saved.size()));
        RestoreOptions options = RestoreOptions.defaults();
        Guest guest = host.restore(one.file(), random.nextBoolean() ? options : options.paused());
        enter(new Live(one.program(), guest), "is restored from " + one.file().getFileName());
        if (random.nextInt(4) == 0) {
          Files.delete(one.file());
          saved.remove(one);
        }
      }
    }

    private void pauseOrResume(Live one) throws InterruptedException {
      if (one.guest().state() == GuestState.PAUSED) {
        tell(one, "is resumed");
        one.guest().resume();
      } else {
        one.guest().pause();
        claim(one, "is paused");
      }
    }

    private void claim(Live one, String how) throws InterruptedException {
      Seen seen =
          one.guest().look(machine -> new Seen(machine.instructions(), Snapshot.hash(machine)));
      tell(one, how + " at " + seen.instructions());
      claims.add(one.program(), seen.instructions(), seen.hash(), one.guest().name() + " " + how);
    }

    private void end(Live one, String how) throws InterruptedException {
      Ending ending = one.guest().await().ending();
      assertTrue(
          ending instanceof Ending.InstructionLimit || ending instanceof Ending.Stopped,
          () -> one.guest().name() + " ended: " + ending);
      claim(one, how);
      one.guest().close();
      live.remove(one);
    }
  }
}
