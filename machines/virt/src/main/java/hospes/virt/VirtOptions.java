package hospes.virt;

import hospes.guests.OptionSpec;
import hospes.guests.OptionSpec.Type;
import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.virt.VirtSpec.Firmware;
import java.util.List;
import java.util.Optional;

/// What the user can say of a `virt` machine, and what is made of that.
final class VirtOptions {
  static final String KERNEL = "kernel";
  static final String INITRD = "initrd";
  static final String APPEND = "append";
  static final String BIOS = "bios";
  static final String DTB = "dtb";
  static final String MEMORY = "memory";
  static final String HARTS = "harts";
  static final String DRIVE = "drive";
  static final String DUMP_DTB = "dump-dtb";

  /// As [#BIOS]: no firmware at all.
  static final String NONE = "none";

  private static final long DEFAULT_MEMORY = 1L << 30;

  static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.of(
              KERNEL, new Type.File(), "FILE", "Kernel: a raw Linux Image or an ELF file."),
          OptionSpec.of(INITRD, new Type.File(), "FILE", "Initial RAM disk."),
          OptionSpec.of(
              APPEND,
              new Type.Text(),
              "TEXT",
              "The kernel's command line; for an image, added to its own."),
          OptionSpec.of(
                  BIOS,
                  new Type.File(),
                  "FILE",
                  "Firmware to run first; none: start in machine mode. Without it, the built-in"
                      + " SBI.")
              .orWords(NONE),
          OptionSpec.of(
              DTB,
              new Type.File(),
              "FILE",
              "Device tree to give to the guest instead of the board's own."),
          OptionSpec.of(MEMORY, new Type.Size(), "SIZE", "Memory, such as 512M or 2G.")
              .otherwise("1G"),
          OptionSpec.of(
                  HARTS,
                  new Type.Number(1, VirtMachine.MAX_HARTS),
                  "N",
                  "Processor cores, 1 to " + VirtMachine.MAX_HARTS + ".")
              .otherwise("1"),
          OptionSpec.of(
              DRIVE,
              new Type.Disk(),
              "FILE[,WORD]",
              "A disk in a raw or qcow2 file; may be given several times. readonly: the guest only"
                  + " reads it. snapshot: what the guest writes is thrown away. format=raw or"
                  + " qcow2: what the file is, whatever it begins with."),
          OptionSpec.of(
              DUMP_DTB,
              new Type.Product(),
              "FILE",
              "Write the device tree that the guest would get, and run nothing."));

  private VirtOptions() {}

  /// The machine that a plan describes.
  static VirtSpec spec(Plan plan) {
    return new VirtSpec(
        plan.number(MEMORY, DEFAULT_MEMORY),
        Math.clamp(plan.number(HARTS, 1), Integer.MIN_VALUE, Integer.MAX_VALUE),
        firmware(plan),
        content(plan, KERNEL),
        content(plan, INITRD),
        plan.text(APPEND),
        content(plan, DTB));
  }

  private static Firmware firmware(Plan plan) {
    Optional<Content> file = content(plan, BIOS);
    if (file.isPresent()) {
      return new Firmware.File(file.get());
    }
    return plan.text(BIOS).equals(NONE) ? new Firmware.None() : new Firmware.BuiltIn();
  }

  private static Optional<Content> content(Plan plan, String option) {
    return plan.file(option).map(Value.File::content);
  }
}
