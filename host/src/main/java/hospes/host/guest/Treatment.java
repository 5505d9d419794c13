package hospes.host.guest;

import hospes.engine.EngineSettings;
import hospes.host.schedule.CpuShare;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/// How a guest is treated by its host, whatever its machine is.
///
/// ```java
/// host.start(plan, Treatment.named("w").clock(ClockMode.VIRTUAL).timeout(Duration.ofMinutes(1)))
/// ```
///
/// @param name its name, unique in the host; where it is taken, a number may be added
/// @param label what it is, for people: an image's name, or a file's. The label of a fork is its
/// parent's, that of a restored guest the saved one's
/// @param policy its clock and limits
/// @param share its claim to the processors
/// @param console where its console's output goes besides the scrollback. The guest waits until it
/// is taken, and ends where it is not
/// @param engine how its code is executed; empty: as the host does it for all its guests
public record Treatment(
    GuestName name,
    String label,
    RunPolicy policy,
    CpuShare share,
    Optional<OutputStream> console,
    Optional<EngineSettings> engine) {
  /// A guest that follows the host's clock, without limits, under a name that is made up.
  public static Treatment usual() {
    return of(GuestName.derived("guest"));
  }

  /// The same under a name that no other guest of the host may have.
  ///
  /// @throws hospes.host.HostException where it cannot name a guest
  public static Treatment named(String name) {
    return of(GuestName.chosen(name));
  }

  /// The same under a name.
  public static Treatment of(GuestName name) {
    return new Treatment(
        name,
        name.text(),
        RunPolicy.unlimited(ClockMode.HOST),
        CpuShare.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }

  /// The same under another name.
  public Treatment name(GuestName newName) {
    return new Treatment(newName, label, policy, share, console, engine);
  }

  /// The same with another label. One that is too long for a line is cut, and what is no text is
  /// replaced.
  public Treatment labelled(String newLabel) {
    return new Treatment(name, GuestName.label(newLabel), policy, share, console, engine);
  }

  /// The same with another clock.
  public Treatment clock(ClockMode clock) {
    return policy(new RunPolicy(clock, policy.timeout(), policy.maxInstructions()));
  }

  /// The same, ended after this time.
  public Treatment timeout(Duration timeout) {
    return policy(new RunPolicy(policy.clock(), Optional.of(timeout), policy.maxInstructions()));
  }

  /// The same, ended after exactly so many instructions.
  public Treatment maxInstructions(long most) {
    return policy(new RunPolicy(policy.clock(), policy.timeout(), most));
  }

  /// The same with this clock and these limits.
  public Treatment policy(RunPolicy newPolicy) {
    return new Treatment(name, label, newPolicy, share, console, engine);
  }

  /// The same with another claim to the processors.
  public Treatment cpu(CpuShare newShare) {
    return new Treatment(name, label, policy, newShare, console, engine);
  }

  /// The same, with the console's output going to a stream besides.
  public Treatment console(OutputStream to) {
    return new Treatment(name, label, policy, share, Optional.of(to), engine);
  }

  /// The same, executed in another way.
  public Treatment engine(EngineSettings settings) {
    return new Treatment(name, label, policy, share, console, Optional.of(settings));
  }
}
