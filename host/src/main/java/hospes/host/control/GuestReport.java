package hospes.host.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestDescription;
import hospes.host.guest.GuestState;
import hospes.host.guest.GuestStats;
import hospes.host.guest.Outcome;
import hospes.host.guest.Outcome.Ending;
import hospes.host.memory.HostStats;
import java.time.Instant;
import java.util.Locale;

/// A guest as JSON.
final class GuestReport {
  /// Files that were made to hold what a fork or a restored guest writes to its drives.
  private static final String OWN_DRIVES = "own-drives";

  /// What a shell says of a process that SIGKILL ended.
  private static final int KILLED = 128 + 9;

  private GuestReport() {}

  /// All that there is to say of a guest that lives.
  static ObjectNode of(Guest guest) throws InterruptedException {
    GuestDescription machine = guest.description();
    GuestStats stats = guest.stats();
    ObjectNode report = Json.object();
    report.put("name", guest.name());
    report.put("state", state(stats.state()));
    guest.haltReason().ifPresent(reason -> report.put("reason", reason));
    report.put("label", guest.treatment().label());
    report.put("started", guest.started().toString());
    report.put("pid", ProcessHandle.current().pid());
    report.put("board", machine.kind());
    report.put("harts", machine.processors());
    report.put("memory", machine.memoryBytes());
    report.put("resident", stats.residentBytes());
    report.put("own", stats.ownBytes());
    stats.balloonBytes().ifPresent(bytes -> report.put("balloon", bytes));
    machine.drives().forEach(report.putArray("drives")::add);
    guest.ownDrives().forEach(drive -> report.withArray(OWN_DRIVES).add(drive.toString()));
    report.put("clock", guest.treatment().policy().clock().name().toLowerCase(Locale.ROOT));
    report.put("cpu-weight", guest.treatment().share().weight());
    report.put("cpu-limit", guest.treatment().share().limit());
    report.put("instructions", stats.instructions());
    report.put("guest-nanoseconds", stats.guestTime().toNanos());
    report.put("cpu-nanoseconds", stats.cpuTime().toNanos());
    report.set("host", host(guest.hostStats()));
    return report;
  }

  /// What all guests of a host use together.
  private static ObjectNode host(HostStats stats) {
    ObjectNode report = Json.object();
    report.put("guests", stats.guests());
    report.put("used", stats.usedBytes());
    stats.limitBytes().ifPresent(limit -> report.put("limit", limit));
    HostStats.Sharing sharing = stats.sharing();
    ObjectNode shared = report.putObject("sharing");
    shared.put("merge", sharing.merging().name().toLowerCase(Locale.ROOT));
    shared.put("shared", sharing.sharedFrames());
    shared.put("sharing", sharing.sharingPages());
    shared.put("saved", sharing.savedBytes());
    shared.put("scanned", sharing.scannedPages());
    shared.put("merged", sharing.mergedPages());
    shared.put("zeros", sharing.zeroPages());
    shared.put("nanoseconds", sharing.time().toNanos());
    HostStats.Swap swap = stats.swap();
    ObjectNode swapped = report.putObject("swap");
    swapped.put("pages", swap.pages());
    swapped.put("bytes", swap.bytes());
    swapped.put("written", swap.writtenPages());
    swapped.put("read", swap.readPages());
    swapped.put("balloons", swap.balloonPages());
    swapped.put("waiting", swap.waiting());
    swapped.put("halted", swap.halted());
    swapped.put("nanoseconds", swap.time().toNanos());
    return report;
  }

  static String state(GuestState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /// How a guest ended.
  static ObjectNode ended(Guest guest, Outcome outcome, int exitCode) {
    ObjectNode report = stopped(guest, exitCode, reason(outcome.ending()));
    report.put("instructions", outcome.instructions());
    report.put("wall-nanoseconds", outcome.wall().toNanos());
    report.put("ended", Instant.now().toString());
    return report;
  }

  /// What will be true of a guest that lives if its host is killed, and can tell nobody.
  static ObjectNode orphaned(Guest guest) {
    return stopped(guest, KILLED, "its host was killed");
  }

  private static ObjectNode stopped(Guest guest, int exitCode, String reason) {
    ObjectNode report = Json.object();
    report.put("name", guest.name());
    report.put("state", state(GuestState.STOPPED));
    report.put("label", guest.treatment().label());
    report.put("started", guest.started().toString());
    report.put("exit-code", exitCode);
    report.put("reason", reason);
    guest.ownDrives().forEach(drive -> report.withArray(OWN_DRIVES).add(drive.toString()));
    return report;
  }

  static String reason(Ending ending) {
    return switch (ending) {
      case Ending.PoweredOff _ -> "powered off";
      case Ending.TimedOut() -> "timed out";
      case Ending.InstructionLimit() -> "instruction limit";
      case Ending.Stopped() -> "killed";
      case Ending.Replayed(String how, var _) -> "replayed: " + how;
      case Ending.Diverged(String why) -> "went another way: " + why;
      case Ending.Stuck(String why) -> "stuck: " + why;
      case Ending.MemoryLost(String why) -> "memory lost: " + why;
      case Ending.OutputLost(var cause) -> "output lost: " + cause.getMessage();
      case Ending.Failed(Throwable cause) -> "failed: " + cause;
    };
  }
}
