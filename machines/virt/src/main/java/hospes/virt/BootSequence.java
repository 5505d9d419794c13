package hospes.virt;

import hospes.guests.Problem.Remedy;
import hospes.machine.Content;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.riscv.Hart;
import hospes.riscv.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/// What happens at power-on: kernel, initial RAM disk, device tree and firmware are put into
/// memory, and the harts are started where the [firmware][VirtSpec.Firmware] wants them.
final class BootSequence {
  /// Bytes of randomness that a kernel is given.
  static final int SEED_BYTES = 64;

  /// Where what firmware starts is on this board, unless it says itself.
  static final long NEXT_STAGE = VirtMachine.RAM_BASE + (2L << 20);

  private static final long DYNAMIC_INFO_MAGIC = 0x4942534f;
  private static final int A2 = 12;

  private final VirtSpec spec;
  private final Optional<byte[]> kernelFile;
  private final Optional<byte[]> initrdFile;
  private final Optional<byte[]> treeFile;
  private final Optional<byte[]> firmwareFile;
  private final BootLoader loader;
  private final List<Hart> harts;
  private final BoardTable table;
  private Optional<Long> tohost = Optional.empty();

  /// Reads all that is to be loaded; changes nothing yet.
  ///
  /// @throws hospes.machine.HostLossException where something cannot be read (any more)
  BootSequence(VirtSpec spec, FrameTable memory, List<Hart> harts, BoardTable table) {
    this.spec = spec;
    kernelFile = spec.kernel().map(Content::bytes);
    initrdFile = spec.initrd().map(Content::bytes);
    treeFile = spec.deviceTree().map(Content::bytes);
    firmwareFile =
        switch (spec.firmware()) {
          case VirtSpec.Firmware.BuiltIn _, VirtSpec.Firmware.None _ -> Optional.empty();
          case VirtSpec.Firmware.File(Content file) -> Optional.of(file.bytes());
        };
    this.loader = new BootLoader(memory);
    this.harts = harts;
    this.table = table;
  }

  /// Where the loaded program says how its test ended, if it follows the convention of the RISC-V
  /// tests.
  Optional<Long> tohost() {
    return tohost;
  }

  /// Loads everything and starts the harts. Returns the device tree that the guest was given.
  ///
  /// @param seed randomness for the kernel
  /// @throws hospes.guests.RefusedException where something does not fit
  byte[] run(byte[] seed) {
    boolean bare = spec.firmware() instanceof VirtSpec.Firmware.None;
    Optional<BootLoader.Loaded> kernel =
        kernelFile.map(
            file -> loader.load("the kernel", file, bare ? VirtMachine.RAM_BASE : NEXT_STAGE));
    byte[] sizing = tree(new VirtDeviceTree.Initrd(1, 2), seed);
    long treeAddress = loader.deviceTreeAddress(sizing.length);
    long kernelEnd = kernel.map(BootLoader.Loaded::end).orElse(NEXT_STAGE);
    // The page before the tree is kept for what firmware is told of the next stage.
    long limit = treeAddress - FramePool.FRAME_SIZE;
    VirtDeviceTree.Initrd initrd =
        initrdFile
            .map(file -> loader.loadInitrd(file, kernelEnd, limit))
            .orElse(new VirtDeviceTree.Initrd(0, 0));
    if (kernelEnd > limit) {
      throw VirtSpec.refused(
          "the kernel leaves no room for a device tree in %d MiB of RAM"
              .formatted(spec.memoryBytes() >> 20),
          new Remedy.Raise(VirtOptions.MEMORY));
    }
    byte[] bootTree = tree(initrd, seed);
    loader.copy("the device tree", treeAddress, bootTree);
    tohost = kernel.flatMap(BootLoader.Loaded::tohost);
    start(kernel, treeAddress);
    return bootTree;
  }

  private byte[] tree(VirtDeviceTree.Initrd initrd, byte[] seed) {
    return treeFile
        .map(given -> DeviceTreeOverride.apply(given, spec, initrd))
        .orElseGet(() -> VirtDeviceTree.build(spec, table, initrd, seed).toDtb());
  }

  private void start(Optional<BootLoader.Loaded> kernel, long treeAddress) {
    long entry = kernel.map(BootLoader.Loaded::entry).orElse(NEXT_STAGE);
    switch (spec.firmware()) {
      case VirtSpec.Firmware.BuiltIn _ -> {
        harts.forEach(Hart::openToSupervisor);
        harts.getFirst().start(Mode.SUPERVISOR, entry, treeAddress);
      }
      case VirtSpec.Firmware.None _ ->
          harts.forEach(hart -> hart.start(Mode.MACHINE, entry, treeAddress));
      case VirtSpec.Firmware.File _ ->
          startFirmware(firmwareFile.orElseThrow(), kernel, entry, treeAddress);
    }
  }

  private void startFirmware(
      byte[] file, Optional<BootLoader.Loaded> kernel, long nextEntry, long treeAddress) {
    BootLoader.Loaded firmware = loader.load("the firmware", file, VirtMachine.RAM_BASE);
    if (kernel.isPresent() && kernel.get().overlaps(firmware)) {
      throw VirtSpec.refused(
          "the firmware (%#x to %#x) and the kernel (%#x to %#x) overlap; perhaps the firmware is none"
              .formatted(
                  firmware.start(), firmware.end(), kernel.get().start(), kernel.get().end()),
          new Remedy.Change(VirtOptions.BIOS));
    }
    long info = treeAddress - FramePool.FRAME_SIZE;
    loader.copy("the boot information", info, dynamicInfo(nextEntry));
    for (Hart hart : harts) {
      hart.start(Mode.MACHINE, firmware.entry(), treeAddress);
      hart.x[A2] = info;
    }
  }

  /// What OpenSBI's `fw_dynamic` is told of the next stage: magic, version, address, mode (S),
  /// options, boot hart.
  private static byte[] dynamicInfo(long entry) {
    ByteBuffer info = ByteBuffer.allocate(6 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return info.putLong(DYNAMIC_INFO_MAGIC)
        .putLong(2)
        .putLong(entry)
        .putLong(Mode.SUPERVISOR)
        .putLong(0)
        .putLong(0)
        .array();
  }
}
