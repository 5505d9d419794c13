package hospes.zmachine;

import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.machine.Content;

/// A story for the Z-machine, as a program describes it: what is played, and where it may save.
///
/// ```java
/// ZStory.of("story.z5", content).savesIn("saves").seed(1).plan().before(new Payload.Size(24, 80))
/// ```
///
/// Immutable. Without a terminal the screen is lines of text, as for a pipe.
public final class ZStory {
  private final Plan plan;

  private ZStory(Plan plan) {
    this.plan = plan;
  }

  /// The story in a file, bare or in a Blorb file. Whether it can be played is seen when a machine
  /// is built.
  ///
  /// @param fileName of its file: saved stories are named after it
  public static ZStory of(String fileName, Content content) {
    return new ZStory(Plan.of(new ZKind()).with(ZKind.STORY, new Value.File(fileName, content)));
  }

  /// The story in a file, bare or in a Blorb file.
  ///
  /// @param fileName of its file: saved stories are named after it
  public static ZStory of(String fileName, byte[] content) {
    return of(fileName, Content.of(content));
  }

  /// The screen is lines of text even before a terminal.
  public ZStory plain() {
    return new ZStory(plan.with(ZKind.PLAIN, new Value.Flag()));
  }

  /// What random numbers begin with, so that they are the same every time.
  public ZStory seed(int seed) {
    return new ZStory(plan.with(ZKind.SEED, new Value.Number(seed)));
  }

  /// The folder in which the story's files are: saved stories, transcripts.
  ///
  /// @param folder its path on the host
  public ZStory savesIn(String folder) {
    return new ZStory(plan.with(ZKind.SAVE_FOLDER, new Value.Place(folder)));
  }

  /// Writes down what the user types, a line for each line or key.
  ///
  /// @param file its path on the host; what it held is lost
  public ZStory scriptOut(String file) {
    return new ZStory(plan.with(ZKind.SCRIPT_OUT, new Value.Place(file)));
  }

  /// The plan of such a machine.
  public Plan plan() {
    return plan;
  }
}
