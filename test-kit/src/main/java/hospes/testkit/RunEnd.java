package hospes.testkit;

import hospes.machine.Machine;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// All that can be told of a run when it is over: two that are equal went the same way.
///
/// @param console what the guest printed
/// @param reason why it stopped
/// @param instructions how many it executed
/// @param state the hash of the state that it left
public record RunEnd(String console, StopReason reason, long instructions, String state) {
  /// Of a machine that stopped.
  public static RunEnd of(Machine machine, StopReason reason, ByteArrayOutputStream console) {
    return new RunEnd(
        console.toString(StandardCharsets.UTF_8),
        reason,
        machine.instructions(),
        Snapshot.hash(machine));
  }
}
