package hospes.virt;

import hospes.guests.Problem;
import hospes.guests.Problem.Remedy;
import hospes.guests.RefusedException;
import hospes.machine.Content;
import hospes.memory.FramePool;
import java.util.Optional;

/// What a `virt` machine is made of, and what it boots, at power-on and at each reset.
///
/// @param memoryBytes size of RAM, a multiple of 4 KiB
/// @param harts number of harts, 1 to 8
/// @param firmware what runs first
/// @param kernel the kernel's file: a raw Linux `Image` or an ELF file
/// @param initrd the initial RAM disk
/// @param commandLine the kernel's command line (`/chosen/bootargs`)
/// @param deviceTree a device tree to pass instead of the board's own
public record VirtSpec(
    long memoryBytes,
    int harts,
    Firmware firmware,
    Optional<Content> kernel,
    Optional<Content> initrd,
    String commandLine,
    Optional<Content> deviceTree) {

  /// @param drives how many disks it is to have
  /// @throws RefusedException where no board can be built from this
  void check(int drives) {
    if (harts < 1 || harts > VirtMachine.MAX_HARTS) {
      throw refused(
          "the board has 1 to %d harts, not %d".formatted(VirtMachine.MAX_HARTS, harts),
          new Remedy.Change(VirtOptions.HARTS));
    }
    if (drives > VirtDevices.MOST_DRIVES) {
      throw refused(
          "the board has interrupts for %d drives, not for %d"
              .formatted(VirtDevices.MOST_DRIVES, drives),
          new Remedy.LeaveOut(VirtOptions.DRIVE));
    }
    if (memoryBytes < 4L << 20 || memoryBytes % FramePool.FRAME_SIZE != 0) {
      throw refused(
          "the board needs at least 4 MiB of RAM, in whole pages of 4 KiB",
          new Remedy.Raise(VirtOptions.MEMORY));
    }
    if (memoryBytes >> 12 > Integer.MAX_VALUE) {
      throw refused(
          "the board takes less than 8 TiB of RAM", new Remedy.Change(VirtOptions.MEMORY));
    }
    if (kernel.isEmpty()) {
      checkWithoutKernel();
    }
  }

  private void checkWithoutKernel() {
    if (initrd.isPresent()) {
      throw refused(
          "an initial RAM disk is nothing without a kernel", new Remedy.Give(VirtOptions.KERNEL));
    }
    switch (firmware) {
      case Firmware.BuiltIn() ->
          throw refused(
              "there is nothing to boot, neither a kernel nor firmware",
              new Remedy.Give(VirtOptions.KERNEL));
      case Firmware.None() ->
          throw refused(
              "a board without firmware starts a kernel in machine mode, but there is none",
              new Remedy.Give(VirtOptions.KERNEL));
      case Firmware.File _ -> {}
    }
  }

  /// A refusal whose text says what to do.
  static RefusedException refused(String text) {
    return new RefusedException(Problem.of(text));
  }

  /// A refusal with what the user may do.
  static RefusedException refused(String text, Remedy remedy) {
    return new RefusedException(Problem.of(text).but(remedy));
  }

  /// What runs first on the board.
  public sealed interface Firmware {
    /// Our own SBI, which is part of the board; the kernel starts in S-mode.
    record BuiltIn() implements Firmware {}

    /// Nothing: the kernel file (an ELF file or a raw image) starts in M-mode.
    record None() implements Firmware {}

    /// A firmware file (raw or ELF), started in M-mode with the kernel loaded behind it.
    record File(Content content) implements Firmware {}
  }
}
