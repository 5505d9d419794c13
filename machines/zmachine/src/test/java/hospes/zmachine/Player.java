package hospes.zmachine;

import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import hospes.machine.Entropy;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.zmachine.screen.StoryFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// A machine with a small story, and a user who types.
final class Player implements AutoCloseable {
  private static final long BUDGET = 100_000;

  final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  final ZMachine machine;

  /// The files that the story has saved.
  final Map<String, byte[]> files;

  Player(StoryBuilder builder) {
    this(builder, EngineSettings.interpreter(), new HashMap<>());
  }

  Player(StoryBuilder builder, EngineSettings engine, Map<String, byte[]> files) {
    this.files = files;
    try {
      machine =
          new ZMachine(
              new ZSpec(
                  builder.story(),
                  "story",
                  new ScreenSpec.Plain(24, 80),
                  shown::write,
                  new Folder(files),
                  OptionalInt.of(1),
                  Entropy.fixed(1),
                  engine));
    } catch (StoryException bad) {
      throw new IllegalArgumentException(bad);
    }
  }

  StopReason run() {
    return machine.run(BUDGET);
  }

  StopReason type(String keys) {
    machine.inbox().post(Delivery.typed(keys.getBytes(StandardCharsets.UTF_8)));
    return run();
  }

  StopReason tick(long nanoseconds) {
    machine.inbox().post(Delivery.clock(nanoseconds));
    return run();
  }

  /// What was printed, without blanks and empty lines at both ends.
  String text() {
    return shown.toString(StandardCharsets.UTF_8).strip();
  }

  String hash() {
    return Snapshot.hash(machine);
  }

  int global(int number) {
    return machine.memory().read(StoryBuilder.GLOBALS + 2L * number, 1) == 0
        ? (int) machine.memory().read(StoryBuilder.GLOBALS + 2L * number + 1, 1)
        : -1;
  }

  @Override
  public void close() {
    machine.close();
  }

  /// A folder in memory.
  private record Folder(Map<String, byte[]> files) implements StoryFiles {
    @Override
    public byte[] read(String name) throws IOException {
      byte[] content = files.get(name);
      if (content == null) {
        throw new FileNotFoundException("there is no file " + name);
      }
      return content;
    }

    @Override
    public void write(String name, byte[] content) {
      files.put(name, content);
    }

    @Override
    public void append(String name, byte[] content) {
      files.merge(
          name,
          content,
          (old, more) -> {
            byte[] all = java.util.Arrays.copyOf(old, old.length + more.length);
            System.arraycopy(more, 0, all, old.length, more.length);
            return all;
          });
    }

    @Override
    public boolean exists(String name) {
      return files.containsKey(name);
    }
  }
}
