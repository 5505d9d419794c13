package hospes.host;

import java.io.OutputStream;
import java.util.Optional;

/// How a guest is treated by its host.
///
/// @param name its name, unique in the host; where it is taken, a number is added
/// @param policy its clock and limits
/// @param share its claim to the processors
/// @param console where its console's output goes besides the scrollback
public record GuestSettings(
    GuestName name, RunPolicy policy, CpuShare share, Optional<OutputStream> console) {}
