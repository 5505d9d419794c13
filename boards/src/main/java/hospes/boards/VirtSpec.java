package hospes.boards;

import hospes.engine.EngineSettings;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.memory.FramePool;
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
  /// Most drives that a board has.
  public static final int MAX_DRIVES = VirtDevices.MOST_DRIVES;

  /// @throws BoardException where no board can be built from this
  void check() {
    if (harts() < 1 || harts() > VirtMachine.MAX_HARTS) {
      throw new BoardException(
          "the board has 1 to %d harts, not %d; choose with --harts"
              .formatted(VirtMachine.MAX_HARTS, harts()));
    }
    if (drives().size() > MAX_DRIVES) {
      throw new BoardException(
          "the board has interrupts for %d drives, not for %d; leave some out"
              .formatted(MAX_DRIVES, drives().size()));
    }
    if (memoryBytes() < 4L << 20 || memoryBytes() % FramePool.FRAME_SIZE != 0) {
      throw new BoardException(
          "the board needs at least 4 MiB of RAM, in whole 4 KiB pages; give it more --memory");
    }
    if (memoryBytes() >> 12 > Integer.MAX_VALUE) {
      throw new BoardException("the board takes less than 8 TiB of RAM");
    }
  }

  /// The same board at another time of day.
  public VirtSpec startingAt(long nanoseconds) {
    return new VirtSpec(
        memoryBytes,
        harts,
        firmware,
        kernel,
        initrd,
        commandLine,
        deviceTree,
        drives,
        console,
        nanoseconds,
        entropy,
        engine);
  }

  /// The same board, connected to something else.
  VirtSpec with(Wiring wiring, Entropy otherEntropy) {
    return new VirtSpec(
        memoryBytes,
        harts,
        firmware,
        kernel,
        initrd,
        commandLine,
        deviceTree,
        wiring.drives(),
        wiring.console(),
        startNanoseconds,
        otherEntropy,
        wiring.engine());
  }

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
