package hospes.cli;

import hospes.host.guest.Outcome;
import hospes.host.guest.RunPolicy;
import java.io.IOException;

/// What the user is told of a guest's end.
final class Endings {
  private Endings() {}

  /// Says how a guest ended, where that is not as it should be.
  static void tell(Narrator narrator, Outcome.Ending ending, RunPolicy policy) {
    switch (ending) {
      case Outcome.Ending.PoweredOff(_) -> {}
      case Outcome.Ending.Stopped() -> narrator.say("the guest was ended");
      case Outcome.Ending.TimedOut() ->
          narrator.say(
              "the guest was ended by --timeout after %s"
                  .formatted(TimeSpan.text(policy.timeout().orElseThrow())));
      case Outcome.Ending.InstructionLimit() ->
          narrator.say(
              "the guest was ended by --max-instructions after %d"
                  .formatted(policy.maxInstructions()));
      case Outcome.Ending.Replayed(String how, long checked) ->
          narrator.say(
              "the replay ends: %s%s"
                  .formatted(
                      how,
                      checked == 0
                          ? ""
                          : "; %d recorded states were the same as now".formatted(checked)));
      case Outcome.Ending.Diverged(String why) -> narrator.say("the replay went wrong: " + why);
      case Outcome.Ending.Stuck(String why) -> narrator.say("the guest is stuck: " + why);
      case Outcome.Ending.MemoryLost(String why) -> narrator.say("the guest was ended: " + why);
      case Outcome.Ending.OutputLost(IOException cause) ->
          narrator.say(
              "the guest was ended because its output cannot be written: " + cause.getMessage());
      case Outcome.Ending.Failed(Throwable cause) -> throw failure(cause);
    }
  }

  /// A bug of ours, for [Failures].
  private static RuntimeException failure(Throwable cause) {
    return switch (cause) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(cause);
    };
  }
}
