package hospes.host.guest;

import hospes.host.journal.Replay.Verification;
import java.util.Optional;

/// How a journal is replayed.
///
/// @param from the name of the snapshot beside the journal at which the replay starts; empty for
// the
/// one with which it begins
/// @param until the instruction count at which the replay ends; [Long#MAX_VALUE] for the end of the
/// journal
/// @param verification whether states are compared with recorded ones
/// @param guest the guest's name, console and engine; whether it runs or waits
public record ReplayOptions(
    Optional<String> from, long until, Verification verification, RestoreOptions guest) {
  /// The whole journal, with all states compared.
  public static ReplayOptions whole() {
    return new ReplayOptions(
        Optional.empty(), Long.MAX_VALUE, Verification.CHECKPOINTS, RestoreOptions.defaults());
  }
}
