package hospes.conformance.replay;

import hospes.guests.Plan;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Treatment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A guest that is recorded from its first instruction, and what happens to it at random.
final class Recorder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Host host = Host.open(new HostSettings(1));
  private final Path folder;
  private final Random random;
  private final Guest guest;
  private final List<RecordedSession.Taken> snapshots = new ArrayList<>();
  private long checkpoints;

  private Recorder(Path folder, long seed, Function<Host, Guest> created)
      throws InterruptedException {
    this.folder = folder;
    random = new Random(seed);
    guest = created.apply(host);
    guest.record(journal());
  }

  /// Records a guest, which then runs.
  static Recorder of(Plan plan, ClockMode clock, Path folder, long seed)
      throws InterruptedException {
    Recorder recorder = waiting(plan, clock, folder, seed);
    recorder.start();
    return recorder;
  }

  /// Records a guest, which is yet to be [started][#start].
  static Recorder waiting(Plan plan, ClockMode clock, Path folder, long seed)
      throws InterruptedException {
    return new Recorder(
        folder, seed, host -> host.create(plan, Treatment.named("recorded").clock(clock)));
  }

  /// Lets it run.
  void start() throws InterruptedException {
    guest.start();
  }

  private Path journal() {
    return folder.resolve("run.journal");
  }

  Guest guest() {
    return guest;
  }

  Random random() {
    return random;
  }

  /// Has the state written down.
  void checkpoint() throws InterruptedException {
    if (guest.state() != GuestState.STOPPED) {
      guest.checkpoint();
      checkpoints++;
    }
  }

  /// Types something.
  void type(String text) throws InterruptedException {
    guest.console().send(text);
  }

  /// Lets some time go by, with a pause in it now and then.
  void passTime() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1, 25));
    if (random.nextInt(3) == 0 && guest.state() == GuestState.RUNNING) {
      guest.pause();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1, 10));
      guest.resume();
    }
  }

  /// Takes a snapshot, from which it can be replayed too.
  void snapshot() throws InterruptedException {
    String name = "at-%d.snapshot".formatted(snapshots.size());
    long before = checkpoints;
    guest.snapshot(folder.resolve(name));
    snapshots.add(new RecordedSession.Taken(name, before));
  }

  /// Waits for the guest's own end.
  RecordedSession ended() throws InterruptedException {
    if (guest.await(PATIENCE).isEmpty()) {
      throw new AssertionError("no end:\n" + guest.console().text());
    }
    return session();
  }

  /// Ends the guest.
  RecordedSession killed() throws InterruptedException {
    guest.kill();
    return session();
  }

  private RecordedSession session() {
    return new RecordedSession(
        journal(),
        checkpoints,
        List.copyOf(snapshots),
        guest.outcome().orElseThrow(),
        guest.console().text());
  }

  @Override
  public void close() {
    host.close();
  }
}
