package hospes.conformance.stories;

import hospes.engine.EngineSettings;
import hospes.machine.Delivery;
import hospes.machine.Entropy;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.zmachine.ScreenSpec;
import hospes.zmachine.Story;
import hospes.zmachine.StoryException;
import hospes.zmachine.ZMachine;
import hospes.zmachine.ZSpec;
import hospes.zmachine.screen.StoryFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// A story that is played with given input to its end, or to a number of instructions.
///
/// @param text what it printed
/// @param ending why the machine stopped
/// @param instructions that it executed
/// @param hash of the state at the end
/// @param files that it saved
record StoryRun(
    String text, StopReason ending, long instructions, String hash, Map<String, byte[]> files) {
  private static final long SLICE = 1_000_000;

  /// Plays a story.
  static StoryRun play(String name, byte[] story, String input, EngineSettings engine, long most)
      throws StoryException {
    return play(name, story, input, engine, most, Map.of());
  }

  /// Plays a story in whose folder there are files.
  static StoryRun play(
      String name,
      byte[] story,
      String input,
      EngineSettings engine,
      long most,
      Map<String, byte[]> present)
      throws StoryException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Map<String, byte[]> files = new HashMap<>(present);
    try (ZMachine machine =
        new ZMachine(
            new ZSpec(
                Story.of(story),
                name,
                new ScreenSpec.Plain(24, 80),
                shown::write,
                new Folder(files),
                OptionalInt.of(7),
                Entropy.fixed(7),
                engine))) {
      machine.inbox().post(Delivery.typed(input.getBytes(StandardCharsets.UTF_8)));
      StopReason reason = new StopReason.BudgetSpent();
      while (reason instanceof StopReason.BudgetSpent && machine.instructions() < most) {
        reason = machine.run(Math.min(SLICE, most - machine.instructions()));
      }
      return new StoryRun(
          shown.toString(StandardCharsets.UTF_8),
          reason,
          machine.instructions(),
          Snapshot.hash(machine),
          files);
    }
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
            byte[] all = Arrays.copyOf(old, old.length + more.length);
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
