package hospes.host.guest;

import hospes.host.HostException;
import hospes.host.schedule.CpuShare;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import java.time.Duration;
import java.util.Optional;

/// What a snapshot says about how its guest was treated.
///
/// @param name the guest's name, without the number that made it unique
/// @param policy its clock and limits
/// @param share its claim to the processors
/// @param label what it is
record GuestRecord(String name, RunPolicy policy, CpuShare share, String label) {
  static final String NAME = "guest";
  static final int VERSION = 2;

  /// Records of this version have no label.
  private static final int UNLABELLED = 1;

  static GuestRecord of(Treatment treatment) {
    return new GuestRecord(
        treatment.name().text(), treatment.policy(), treatment.share(), treatment.label());
  }

  void save(RecordWriter out) {
    out.putString(name);
    out.putString(policy.clock().name());
    out.putLong(policy.timeout().map(Duration::toNanos).orElse(0L));
    out.putLong(policy.maxInstructions());
    out.putInt(share.weight());
    out.putLong(Double.doubleToRawLongBits(share.limit()));
    out.putString(label);
  }

  /// The version of the record in a snapshot that can be read.
  static int versionIn(Snapshot state) {
    return state.records().stream()
            .anyMatch(found -> found.name().equals(NAME) && found.version() == UNLABELLED)
        ? UNLABELLED
        : VERSION;
  }

  /// Reads what [#save] of a version wrote.
  static GuestRecord restore(RecordReader in, int version) {
    try {
      String name = in.getString();
      ClockMode clock = ClockMode.valueOf(in.getString());
      long timeout = in.getLong();
      Optional<Duration> limit =
          timeout == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(timeout));
      RunPolicy policy = new RunPolicy(clock, limit, in.getLong());
      CpuShare share = new CpuShare(in.getInt(), Double.longBitsToDouble(in.getLong()));
      String label = version == UNLABELLED ? name : GuestName.label(in.getString());
      return new GuestRecord(GuestName.chosen(name).text(), policy, share, label);
    } catch (IllegalArgumentException | HostException impossible) {
      throw new SnapshotException(
          "record guest is damaged: " + impossible.getMessage(), impossible);
    }
  }
}
