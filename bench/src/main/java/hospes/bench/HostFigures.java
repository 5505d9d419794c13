package hospes.bench;

import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.host.HostException;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Treatment;
import hospes.host.memory.HostStats;
import hospes.host.schedule.CpuShare;
import hospes.host.template.ImageStart;
import hospes.host.template.TemplateListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What many guests cost in one host, measured in this process through the Java API, on one
/// processor.
final class HostFigures {
  private static final String PROMPT = "~ # ";
  private static final int FORKS = 40;
  private static final int ECHOES = 200;
  private static final int BOOTED = 4;
  private static final int MOST_LOOKS = 12;
  private static final int[] WEIGHTS = {100, 100, 300};
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration SPIN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String COMMAND = "ls -l / | tail -n 1; date; echo done-$((6*7))\n";
  private static final long ROOM = 2L << 30;

  private final int guests;
  private final Consumer<String> progress;
  private final Map<String, String> figures = new LinkedHashMap<>();

  /// @param guests forks that run a command, and then idle
  HostFigures(int guests, Consumer<String> progress) {
    this.guests = guests;
    this.progress = progress;
  }

  /// Measures everything: a text for each figure's name.
  Map<String, String> take() throws BenchFailure {
    try {
      family();
      merging();
      return figures;
    } catch (HostException e) {
      throw new BenchFailure(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  private void family() throws InterruptedException, BenchFailure {
    try (Host host = Host.open(new HostSettings(1))) {
      Guest parent = start(host, "parent", 1L << 30, Beginning.TEMPLATE);
      parent.console().expect(PROMPT, PATIENCE);
      // What comes from a template has read little of its memory and decoded little of its code;
      // forks share only what is there already.
      command(parent);
      TimeUnit.SECONDS.sleep(15);
      forks(parent);
      put("recording: busy loop with and without", "%s", RecordingFigure.of(parent));
      many(parent);
      idle("idle cost of one guest", 1);
      fairness();
      latency(parent);
    }
  }

  private enum Beginning {
    TEMPLATE,
    BOOT
  }

  private static Guest start(Host host, String name, long memory, Beginning beginning) {
    return start(host, Treatment.named(name), memory, beginning);
  }

  private static Guest start(Host host, Treatment treatment, long memory, Beginning beginning) {
    ImageStart image = ImageStart.of("debian");
    Plan plan = image.plan().with("memory", new Value.Number(memory));
    return switch (beginning) {
      case TEMPLATE ->
          host.start(image.starter(plan, treatment, TemplateListener.none()), treatment);
      case BOOT -> host.start(plan, treatment);
    };
  }

  private static void command(Guest guest) throws InterruptedException {
    guest.console().send(COMMAND);
    awaitCommand(guest);
  }

  private static void awaitCommand(Guest guest) throws InterruptedException {
    guest.console().expect("done-42", PATIENCE);
    guest.console().expect(PROMPT, PATIENCE);
  }

  /// Guests that booted by themselves, and what they come to share.
  private void merging() throws InterruptedException {
    try (Host host = Host.open(new HostSettings(1))) {
      List<Guest> booted = new ArrayList<>();
      for (int i = 0; i < BOOTED; i++) {
        booted.add(start(host, "booted-" + i, 256L << 20, Beginning.BOOT));
      }
      for (Guest guest : booted) {
        guest.console().expect(PROMPT, PATIENCE);
      }
      long saved = -1;
      HostStats now = host.stats();
      for (int i = 0; i < MOST_LOOKS && now.sharing().savedBytes() != saved; i++) {
        saved = now.sharing().savedBytes();
        TimeUnit.SECONDS.sleep(5);
        now = host.stats();
      }
      put(
          "merging of %d guests that booted by themselves".formatted(BOOTED),
          "%d MB saved, %d MB left, %d ms of time, %d pages looked at",
          now.sharing().savedBytes() / 1_000_000,
          now.usedBytes() / 1_000_000,
          now.sharing().time().toMillis(),
          now.sharing().scannedPages());
    }
  }

  private void put(String name, String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    figures.put(name, text);
    progress.accept(name + ": " + text);
  }

  private void forks(Guest parent) throws InterruptedException {
    double[] milliseconds = new double[FORKS];
    long before = usedHeap();
    List<Guest> forks = new ArrayList<>();
    for (int i = 0; i < FORKS; i++) {
      long start = System.nanoTime();
      forks.add(parent.fork());
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    put(
        "fork",
        "median %.2f ms, 90 %% within %.2f ms",
        milliseconds[FORKS / 2],
        milliseconds[FORKS * 9 / 10]);
    TimeUnit.SECONDS.sleep(5);
    put(
        "own memory of a fork that idles for 5 s",
        "median %d KB of RAM, %d KB of the host's heap",
        median(forks) / 1000,
        (usedHeap() - before) / FORKS / 1000);
    forks.forEach(Guest::close);
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long median(List<Guest> guests) throws InterruptedException {
    long[] bytes = new long[guests.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = guests.get(i).stats().ownBytes();
    }
    Arrays.sort(bytes);
    return bytes[bytes.length / 2];
  }

  private void many(Guest parent) throws InterruptedException {
    long before = usedHeap();
    List<Guest> forks = parent.fork(guests);
    for (Guest fork : forks) {
      fork.console().send(COMMAND);
    }
    for (Guest fork : forks) {
      awaitCommand(fork);
    }
    long own = median(forks) + (usedHeap() - before) / guests;
    long resident = parent.stats().residentBytes();
    put(
        "own memory of a fork that ran a command",
        "median %d KB, heap included, of %d; so %d fit in 2 GiB beside the parent's %d MB",
        own / 1000,
        guests,
        (ROOM - resident) / Math.max(1, own),
        resident / 1_000_000);
    TimeUnit.SECONDS.sleep(5); // what a command leaves behind has settled
    idle("idle cost of %d guests".formatted(guests + 1), guests + 1);
    forks.forEach(Guest::close);
  }

  private static Duration processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void idle(String name, int idlers) throws InterruptedException {
    Duration before = processor();
    TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
    double part = (double) processor().minus(before).toNanos() / IDLE.toNanos();
    put(name, "%.2f %% of a processor, %.4f %% for each", 100 * part, 100 * part / idlers);
  }

  private void fairness() throws InterruptedException {
    List<Guest> spinners = new ArrayList<>();
    try (Host host = Host.open(new HostSettings(1))) {
      for (int weight : WEIGHTS) {
        Guest guest =
            start(
                host,
                Treatment.named("spinner-" + spinners.size()).cpu(new CpuShare(weight, 1)),
                256L << 20,
                Beginning.TEMPLATE);
        guest.console().expect(PROMPT, PATIENCE);
        spinners.add(guest);
      }
      for (Guest spinner : spinners) {
        spinner.console().send("while :; do :; done\n");
      }
      TimeUnit.SECONDS.sleep(2);
      long[] before = times(spinners);
      TimeUnit.NANOSECONDS.sleep(SPIN.toNanos());
      long[] after = times(spinners);
      long sum = 0;
      for (int i = 0; i < after.length; i++) {
        after[i] -= before[i];
        sum += after[i];
      }
      List<String> shares = new ArrayList<>();
      for (long time : after) {
        shares.add(String.format(Locale.ROOT, "%.1f %%", 100.0 * time / sum));
      }
      put(
          "time of spinning guests of weights " + Arrays.toString(WEIGHTS),
          "%s",
          String.join(", ", shares));
    }
  }

  private static long[] times(List<Guest> guests) throws InterruptedException {
    long[] times = new long[guests.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = guests.get(i).stats().cpuTime().toNanos();
    }
    return times;
  }

  private void latency(Guest parent) throws InterruptedException {
    echo("a key's way through a guest alone", parent);
    Guest spinner = parent.fork();
    spinner.console().send("while :; do :; done\n");
    TimeUnit.SECONDS.sleep(2);
    echo("a key's way beside a spinning guest", parent);
    spinner.close();
  }

  /// The time from a typed letter to its echo by the guest's terminal driver.
  private void echo(String name, Guest guest) throws InterruptedException {
    double[] milliseconds = new double[ECHOES];
    for (int i = 0; i < ECHOES; i++) {
      // A letter that no prompt has; twenty to a line.
      String key = i % 20 == 19 ? "\n" : "q";
      long start = System.nanoTime();
      guest.console().send(key);
      guest.console().expect(Pattern.compile(key.equals("q") ? "q" : PROMPT), PATIENCE);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Arrays.sort(milliseconds);
    put(
        name,
        "median %.2f ms, 99 %% within %.2f ms",
        milliseconds[ECHOES / 2],
        milliseconds[ECHOES * 99 / 100]);
  }
}
