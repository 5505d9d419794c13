package hospes.virt;

import hospes.guests.ByteSize;
import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.machine.Content;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A `virt` machine, as its user describes it in Java: its hardware, and what it boots.
///
/// ```java
/// Virt.linux(kernel).initrd(initrd).append("console=ttyS0").memory("1G").plan()
/// ```
///
/// Each call changes this description and returns it. It may be used for several machines; what is
/// changed later concerns later plans only.
public final class Virt {
  private static final VirtKind KIND = new VirtKind();

  private Plan plan = Plan.of(KIND);

  private Virt() {}

  /// A kernel that starts in supervisor mode, above the built-in SBI: a raw Linux `Image`, or an
  /// ELF file.
  public static Virt linux(Content kernel) {
    return new Virt().kernel(kernel);
  }

  /// A kernel's file content.
  public static Virt linux(byte[] kernel) {
    return linux(Content.of(kernel));
  }

  /// A program that starts in machine mode, without any firmware: an ELF file, or a raw image.
  public static Virt bareMetal(Content program) {
    return new Virt().kernel(program).with(VirtOptions.BIOS, new Value.Text(VirtOptions.NONE));
  }

  /// A program's file content.
  public static Virt bareMetal(byte[] program) {
    return bareMetal(Content.of(program));
  }

  /// Firmware that starts in machine mode, with or without a kernel behind it ([#kernel]): an ELF
  /// file, or a raw image.
  public static Virt firmware(Content content) {
    return new Virt().bios(content);
  }

  /// The firmware's file content.
  public static Virt firmware(byte[] content) {
    return firmware(Content.of(content));
  }

  /// The tiny kernel that is part of Hospes.
  public static Virt hello() {
    return new Virt().withAll(KIND.hello()).memory("64M");
  }

  private Virt withAll(VirtKind.BuiltIn builtIn) {
    plan = plan.withAll(builtIn.values());
    return this;
  }

  private Virt with(String option, Value value) {
    plan = plan.with(option, value);
    return this;
  }

  private Virt file(String option, Content content) {
    return with(option, new Value.File(option, content));
  }

  /// The kernel.
  public Virt kernel(Content content) {
    return file(VirtOptions.KERNEL, content);
  }

  /// The kernel's file content.
  public Virt kernel(byte[] content) {
    return kernel(Content.of(content));
  }

  /// The firmware that runs first, instead of the built-in SBI.
  public Virt bios(Content content) {
    return file(VirtOptions.BIOS, content);
  }

  /// The initial RAM disk.
  public Virt initrd(Content content) {
    return file(VirtOptions.INITRD, content);
  }

  /// The initial RAM disk's content.
  public Virt initrd(byte[] content) {
    return initrd(Content.of(content));
  }

  /// Adds to the kernel's command line.
  public Virt append(String words) {
    String line =
        Stream.of(plan.text(VirtOptions.APPEND), words)
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining(" "));
    return with(VirtOptions.APPEND, new Value.Text(line));
  }

  /// A device tree instead of the board's own.
  public Virt deviceTree(Content content) {
    return file(VirtOptions.DTB, content);
  }

  /// A device tree's content.
  public Virt deviceTree(byte[] content) {
    return deviceTree(Content.of(content));
  }

  /// Memory, such as `512M` or `2G`.
  ///
  /// @throws IllegalArgumentException where that is no size
  public Virt memory(String size) {
    return memory(ByteSize.parse(size));
  }

  /// Memory in bytes.
  public Virt memory(long bytes) {
    return with(VirtOptions.MEMORY, new Value.Number(bytes));
  }

  /// Processor cores, 1 to 8.
  public Virt harts(int count) {
    return with(VirtOptions.HARTS, new Value.Number(count));
  }

  /// Adds a disk.
  ///
  /// @param file the path of its file, for whoever opens it
  /// @param words how it is opened, such as `readonly`
  public Virt drive(String file, String... words) {
    plan = plan.adding(VirtOptions.DRIVE, new Value.Disk(file, List.of(words)));
    return this;
  }

  /// The machine so far, as a plan.
  public Plan plan() {
    return plan;
  }
}
