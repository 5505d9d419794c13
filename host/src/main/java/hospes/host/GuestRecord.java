package hospes.host;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import java.time.Duration;
import java.util.Optional;

/// What a snapshot says about how its guest was treated.
///
/// @param name the guest's name, without the number that made it unique
/// @param policy its clock and limits
/// @param share its claim to the processors
record GuestRecord(String name, RunPolicy policy, CpuShare share) {
  static GuestRecord of(GuestSettings settings) {
    return new GuestRecord(settings.name().text(), settings.policy(), settings.share());
  }

  void save(RecordWriter out) {
    out.putString(name);
    out.putString(policy.clock().name());
    out.putLong(policy.timeout().map(Duration::toNanos).orElse(0L));
    out.putLong(policy.maxInstructions());
    out.putInt(share.weight());
    out.putLong(Double.doubleToRawLongBits(share.limit()));
  }

  static GuestRecord restore(RecordReader in) {
    try {
      String name = in.getString();
      ClockMode clock = ClockMode.valueOf(in.getString());
      long timeout = in.getLong();
      Optional<Duration> limit =
          timeout == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(timeout));
      RunPolicy policy = new RunPolicy(clock, limit, in.getLong());
      CpuShare share = new CpuShare(in.getInt(), Double.longBitsToDouble(in.getLong()));
      return new GuestRecord(GuestName.chosen(name).text(), policy, share);
    } catch (IllegalArgumentException | HostException impossible) {
      throw new SnapshotException(
          "record guest is damaged: " + impossible.getMessage(), impossible);
    }
  }
}
