package hospes.cli;

import hospes.boards.VirtSpec.Firmware;
import hospes.host.GuestName;
import java.util.Optional;

/// What a guest boots.
///
/// @param name the guest's name, where the user gives none
/// @param kernel the kernel's file content
/// @param initrd the initial RAM disk's content
/// @param commandLine the kernel's command line
/// @param firmware what runs first
/// @param deviceTree a device tree instead of the board's own
record BootPlan(
    GuestName name,
    Optional<byte[]> kernel,
    Optional<byte[]> initrd,
    String commandLine,
    Firmware firmware,
    Optional<byte[]> deviceTree) {}
