package hospes.boards;

import hospes.engine.EngineSettings;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import java.util.List;
import java.util.Optional;

/// What to build a `virt` machine from.
///
/// @param memoryBytes size of RAM, a multiple of 4 KiB
/// @param harts number of harts, 1 to 8
/// @param firmware what runs first
/// @param kernel the kernel's file content: a raw Linux `Image` or an ELF file
/// @param initrd the initial RAM disk's content
/// @param commandLine the kernel's command line (`/chosen/bootargs`)
/// @param deviceTree a device tree to pass instead of the board's own
/// @param drives contents of the virtio disks, in the order of their slots
/// @param console where the console's output goes
/// @param startNanoseconds time of day at power-on, in nanoseconds since 1970-01-01 00:00 UTC
/// @param entropy the source behind the virtio entropy device and the kernel's seed
/// @param engine how guest code is executed
public record VirtSpec(
    long memoryBytes,
    int harts,
    Firmware firmware,
    Optional<byte[]> kernel,
    Optional<byte[]> initrd,
    String commandLine,
    Optional<byte[]> deviceTree,
    List<BlockStore> drives,
    ConsoleOutput console,
    long startNanoseconds,
    Entropy entropy,
    EngineSettings engine) {

  /// What runs first on the board.
  public sealed interface Firmware {
    /// Our own SBI, built into the host; the kernel starts in S-mode.
    record BuiltIn() implements Firmware {}

    /// Nothing: the kernel file (an ELF file or a raw image) starts in M-mode.
    record None() implements Firmware {}

    /// A firmware file (raw or ELF), started in M-mode with the kernel loaded behind it.
    record File(byte[] content) implements Firmware {}
  }
}
