package hospes.host.guest;

import java.io.IOException;
import java.time.Duration;

/// How a guest's run ended.
///
/// @param ending why it ended
/// @param instructions executed since the machine was made
/// @param wall host time that the run took
public record Outcome(Ending ending, long instructions, Duration wall) {
  /// Why a run ended.
  public sealed interface Ending {
    /// The guest switched itself off.
    ///
    /// @param exitCode 0 for success, else the guest's own failure code
    record PoweredOff(int exitCode) implements Ending {}

    /// The time that the user granted is over.
    record TimedOut() implements Ending {}

    /// The instructions that the user granted are executed.
    record InstructionLimit() implements Ending {}

    /// The user asked for the end.
    record Stopped() implements Ending {}

    /// The guest can never run on.
    ///
    /// @param why for the user, in one sentence
    record Stuck(String why) implements Ending {}

    /// The host cannot give the guest any more what its memory should hold: a page of its snapshot
    /// or of the swap file is damaged, or gone.
    ///
    /// @param why for the user, in one sentence
    record MemoryLost(String why) implements Ending {}

    /// A replay came to its end.
    ///
    /// @param how the recording ended
    /// @param checked how many states were compared with recorded ones, and found to be equal
    record Replayed(String how, long checked) implements Ending {}

    /// A replay did not go as the journal says.
    ///
    /// @param why for the user, in one sentence
    record Diverged(String why) implements Ending {}

    /// Nobody takes the guest's output any more.
    record OutputLost(IOException cause) implements Ending {}

    /// Hospes failed: a bug, or the host is out of memory. Other guests go on.
    record Failed(Throwable cause) implements Ending {}

    /// What happened, for people.
    default String words() {
      return switch (this) {
        case PoweredOff(int exitCode) ->
            "the guest switched itself off" + (exitCode == 0 ? "" : " with exit code " + exitCode);
        case TimedOut() -> "the time that was granted to the guest was over";
        case InstructionLimit() -> "the instructions that were granted to the guest were executed";
        case Stopped() -> "the guest was ended by its host";
        case Stuck(String why) -> "the guest was stuck: " + why;
        case MemoryLost(String why) -> "the guest was ended: " + why;
        case Replayed(String how, long _) -> how;
        case Diverged(String why) -> why;
        case OutputLost(IOException cause) ->
            "the guest's output could not be written: " + cause.getMessage();
        case Failed(Throwable cause) -> "Hospes failed: " + cause;
      };
    }
  }

  /// Executed instructions in millions per second of host time.
  public double mips() {
    return wall.isZero() ? 0 : instructions * 1e3 / wall.toNanos();
  }
}
