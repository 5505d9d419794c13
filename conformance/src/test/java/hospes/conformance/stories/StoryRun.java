package hospes.conformance.stories;

import hospes.engine.EngineSettings;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.Plan;
import hospes.guests.Resources;
import hospes.machine.Delivery;
import hospes.machine.Entropy;
import hospes.machine.StopReason;
import hospes.memory.FramePool;
import hospes.testkit.MemoryFolder;
import hospes.testkit.RunEnd;
import hospes.testkit.Runner;
import hospes.zmachine.ZStory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A story that is played with given input to its end, or to a number of instructions.
///
/// @param end how it went
/// @param files that it saved
record StoryRun(RunEnd end, Map<String, byte[]> files) {
  private static final long SLICE = 1_000_000;
  private static final int SEED = 7;

  /// Plays a story.
  ///
  /// @throws hospes.guests.RefusedException where it cannot be played
  static StoryRun play(String name, byte[] story, String input, EngineSettings engine, long most) {
    return play(name, story, input, engine, most, Map.of());
  }

  /// Plays a story in whose folder there are files.
  ///
  /// @throws hospes.guests.RefusedException where it cannot be played
  static StoryRun play(
      String name,
      byte[] story,
      String input,
      EngineSettings engine,
      long most,
      Map<String, byte[]> present) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    MemoryFolder folder = new MemoryFolder(new HashMap<>(present));
    Plan plan = ZStory.of(name, story).seed(SEED).plan();
    Resources given =
        new Resources(FramePool.forOnce(), engine, shown::write, List.of(), folder, Map.of());
    Identity.Own who = new Identity.Own(name, new byte[Entropy.SEED_BYTES], OptionalLong.empty());
    try (HostedMachine machine = plan.kind().build(plan, given, who)) {
      machine.inbox().post(Delivery.typed(input.getBytes(StandardCharsets.UTF_8)));
      StopReason reason = new Runner(SLICE, most, Runner.Waiting.ENDS).run(machine, folder);
      return new StoryRun(RunEnd.of(machine, reason, shown), folder.files());
    }
  }
}
