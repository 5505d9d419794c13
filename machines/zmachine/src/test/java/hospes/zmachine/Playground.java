package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.engine.EngineSettings;
import hospes.machine.TrapException;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import org.junit.jupiter.api.function.Executable;

/// A processor with a small story in memory, for instruction methods to be called on.
final class Playground implements AutoCloseable {
  final Story story;
  final ZProcessor core;
  private final FrameTable memory;

  Playground(StoryBuilder builder) {
    try {
      story = builder.story();
    } catch (StoryException bad) {
      throw new IllegalArgumentException(bad);
    }
    memory = new FrameTable(FramePool.forOnce(), 0, story.length() + 4095 & -4096);
    memory.write(0, story.bytes(0, story.length()), 0, story.length());
    core = new ZProcessor(story, memory, EngineSettings.interpreter());
  }

  static ZTrap trap(Executable action) {
    return (ZTrap) assertThrows(TrapException.class, action).trap();
  }

  @Override
  public void close() {
    core.close();
    memory.close();
  }
}
