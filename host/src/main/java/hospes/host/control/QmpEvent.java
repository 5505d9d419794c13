package hospes.host.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.guest.GuestEvent;
import hospes.host.guest.Outcome;
import hospes.host.guest.Outcome.Ending;
import java.time.Instant;
import java.util.function.ToIntFunction;

/// What happened to a guest, as QMP says it; what QMP has no word for begins with `x-hospes`.
final class QmpEvent {
  /// Whoever has this hears no more of the guest.
  static final String SHUTDOWN = "SHUTDOWN";

  private QmpEvent() {}

  /// @param exitCode what Hospes makes of an ending
  static byte[] line(GuestEvent event, ToIntFunction<Outcome> exitCode) {
    ObjectNode data = Json.object();
    String name =
        switch (event) {
          case GuestEvent.Paused() -> "STOP";
          case GuestEvent.Halted(String reason) -> {
            data.put("x-hospes-reason", reason);
            yield "STOP";
          }
          case GuestEvent.Resumed() -> "RESUME";
          case GuestEvent.PowerButtonPressed() -> "POWERDOWN";
          case GuestEvent.PowerCycled() -> {
            data.put("guest", false).put("reason", "host-qmp-system-reset");
            yield "RESET";
          }
          case GuestEvent.RecordingFailed(String why) -> {
            data.put("reason", why);
            yield "X_HOSPES_RECORDING_FAILED";
          }
          case GuestEvent.Ended(Outcome outcome) -> {
            boolean byGuest = outcome.ending() instanceof Ending.PoweredOff;
            data.put("guest", byGuest)
                .put("reason", byGuest ? "guest-shutdown" : "host-qmp-quit")
                .put("x-hospes-reason", GuestReport.reason(outcome.ending()))
                .put("x-hospes-exit-code", exitCode.applyAsInt(outcome));
            yield SHUTDOWN;
          }
        };
    return line(name, data);
  }

  /// A guest was forked.
  static byte[] forked(String fork) {
    return line("X_HOSPES_FORKED", Json.object().put("name", fork));
  }

  private static byte[] line(String name, ObjectNode data) {
    Instant now = Instant.now();
    ObjectNode wrapped = Json.object();
    wrapped
        .putObject("timestamp")
        .put("seconds", now.getEpochSecond())
        .put("microseconds", now.getNano() / 1000);
    wrapped.put("event", name);
    if (!data.isEmpty()) {
      wrapped.set("data", data);
    }
    return Json.line(wrapped);
  }
}
