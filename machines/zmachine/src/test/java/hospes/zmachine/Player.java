package hospes.zmachine;

import hospes.engine.EngineSettings;
import hospes.guests.Frozen;
import hospes.guests.Identity;
import hospes.guests.Plan;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.machine.Delivery;
import hospes.machine.Entropy;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.testkit.Frames;
import hospes.testkit.MemoryFolder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A machine with a small story, a user who types, and a host with a folder of files.
final class Player implements AutoCloseable {
  private static final long BUDGET = 100_000;

  final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  final ZMachine machine;

  /// The files that the story has saved.
  final Map<String, byte[]> files;

  /// Who has them.
  final MemoryFolder folder;

  private final Plan plan;
  private final EngineSettings engine;

  /// How a machine comes about.
  private interface Making {
    Object make(Resources given);
  }

  Player(StoryBuilder builder) {
    this(builder, EngineSettings.interpreter(), new HashMap<>());
  }

  Player(StoryBuilder builder, EngineSettings engine, Map<String, byte[]> files) {
    this(ZStory.of("story.z5", builder.file()).seed(1).plan(), engine, new MemoryFolder(files));
  }

  Player(Plan plan, EngineSettings engine, MemoryFolder folder) {
    this(plan, engine, folder, given -> plan.kind().build(plan, given, someone()));
  }

  private Player(Plan plan, EngineSettings engine, MemoryFolder folder, Making making) {
    this.plan = plan;
    this.engine = engine;
    this.folder = folder;
    files = folder.files();
    machine =
        (ZMachine)
            making.make(
                new Resources(
                    FramePool.forOnce(), engine, shown::write, List.of(), folder, Map.of()));
  }

  private static Identity.Own someone() {
    return new Identity.Own(
        "story", Entropy.fixed(1).next(Entropy.SEED_BYTES), OptionalLong.empty());
  }

  /// A fork, with a copy of the folder.
  Player fork() {
    return new Player(
        plan, engine, folder.copy(), given -> machine.fork(given, new Identity.Same()));
  }

  /// A machine that goes on from what this one is frozen to, with a copy of the folder.
  Player restored() {
    try (Frozen frozen = machine.freeze()) {
      Snapshot records = new Snapshot();
      frozen.records().forEach(records::add);
      Saved saved = new Saved(plan, records, Frames.copied(frozen.frames()));
      return new Player(
          plan,
          engine,
          folder.copy(),
          given -> plan.kind().restore(saved, given, new Identity.Same()));
    }
  }

  /// Runs the story, and answers what it asks, until it does nothing more.
  StopReason run() {
    StopReason reason = runAlone();
    while (folder.serve(machine.inbox())) {
      reason = runAlone();
    }
    return reason;
  }

  /// Runs the story, and answers nothing.
  StopReason runAlone() {
    return machine.run(BUDGET);
  }

  StopReason type(String keys) {
    post(keys);
    return run();
  }

  void post(String keys) {
    machine.inbox().post(Delivery.typed(keys.getBytes(StandardCharsets.UTF_8)));
  }

  StopReason tick(long nanoseconds) {
    machine.inbox().post(Delivery.clock(nanoseconds));
    return run();
  }

  /// What was printed, without blanks and empty lines at both ends.
  String text() {
    return shown.toString(StandardCharsets.UTF_8).strip();
  }

  /// What was printed, without any white space.
  String printed() {
    return text().replaceAll("\\s", "");
  }

  String hash() {
    return Snapshot.hash(machine);
  }

  FrameTable memory() {
    return machine.frames().getFirst();
  }

  int global(int number) {
    return memory().read(StoryBuilder.GLOBALS + 2L * number, 1) == 0
        ? (int) memory().read(StoryBuilder.GLOBALS + 2L * number + 1, 1)
        : -1;
  }

  @Override
  public void close() {
    machine.close();
  }
}
