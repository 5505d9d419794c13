package hospes.host;

import java.io.OutputStream;
import java.util.Optional;

/// How a guest is treated by its host.
///
/// @param name its name, unique in the host; where it is taken, a number is added
/// @param label what it is, for people: an image's name, or a file's. The label of a fork is its
/// parent's, that of a restored guest the saved one's
/// @param policy its clock and limits
/// @param share its claim to the processors
/// @param console where its console's output goes besides the scrollback
public record GuestSettings(
    GuestName name,
    String label,
    RunPolicy policy,
    CpuShare share,
    Optional<OutputStream> console) {
  /// Of a guest whose name says what it is.
  public GuestSettings(
      GuestName name, RunPolicy policy, CpuShare share, Optional<OutputStream> console) {
    this(name, name.text(), policy, share, console);
  }

  /// The same with another label. One that is too long for a line is cut, and what is no text is
  /// replaced.
  public GuestSettings labelled(String newLabel) {
    return new GuestSettings(name, GuestName.label(newLabel), policy, share, console);
  }

  /// The same with another claim to the processors.
  public GuestSettings with(CpuShare newShare) {
    return new GuestSettings(name, label, policy, newShare, console);
  }
}
