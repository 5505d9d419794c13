package hospes.cli;

import hospes.boards.VirtSpec.Firmware;
import java.util.Optional;

/// What a guest boots.
///
/// @param kernel the kernel's file content
/// @param initrd the initial RAM disk's content
/// @param commandLine the kernel's command line
/// @param firmware what runs first
/// @param deviceTree a device tree instead of the board's own
record BootPlan(
    Optional<byte[]> kernel,
    Optional<byte[]> initrd,
    String commandLine,
    Firmware firmware,
    Optional<byte[]> deviceTree) {}
