package hospes.virt;

import hospes.formats.fdt.DeviceTree;
import hospes.formats.fdt.Node;
import java.util.List;

/// The device tree of the `virt` board. Devicetree Specification 0.4; Linux's bindings for RISC-V.
final class VirtDeviceTree {
  /// Phandle of the interrupt controller.
  static final int PLIC = 0x40;

  private static final int TEST = 0x41;
  private static final int HART_INTERRUPTS = 0x10;
  private static final int TIMEBASE = 10_000_000;
  private static final int POWER_OFF = 0x5555;
  private static final int RESET = 0x7777;
  private static final int CACHE_BLOCK = 64;

  /// What a hart implements beside the base, in the order of the ISA naming rules. Svadu without
  /// Svade: A and D bits are always updated by hardware.
  private static final List<String> EXTENSIONS =
      List.of(
          "i",
          "m",
          "a",
          "f",
          "d",
          "c",
          "zicbom",
          "zicboz",
          "zicntr",
          "zicond",
          "zicsr",
          "zifencei",
          "zihintpause",
          "zawrs",
          "zba",
          "zbb",
          "zbc",
          "zbs",
          "sstc",
          "svadu",
          "svinval");

  private VirtDeviceTree() {}

  /// Phandle of a hart's own interrupt controller.
  static int hartInterrupts(int hart) {
    return HART_INTERRUPTS + hart;
  }

  /// Where the initial RAM disk is.
  record Initrd(long start, long end) {}

  static DeviceTree build(VirtSpec spec, BoardTable table, Initrd initrd, byte[] seed) {
    DeviceTree tree = new DeviceTree();
    Node root =
        tree.root()
            .cells("#address-cells", 2)
            .cells("#size-cells", 2)
            .strings("compatible", "riscv-virtio")
            .strings("model", "hospes,virt");
    chosen(root.child("chosen"), spec, initrd, seed);
    root.child("memory@%x".formatted(VirtMachine.RAM_BASE))
        .strings("device_type", "memory")
        .longs("reg", VirtMachine.RAM_BASE, spec.memoryBytes());
    Node harts =
        root.child("cpus")
            .cells("#address-cells", 1)
            .cells("#size-cells", 0)
            .cells("timebase-frequency", TIMEBASE);
    for (int hart = 0; hart < spec.harts(); hart++) {
      hart(harts.child("cpu@%x".formatted(hart)), hart);
    }
    Node soc =
        root.child("soc")
            .cells("#address-cells", 2)
            .cells("#size-cells", 2)
            .strings("compatible", "simple-bus")
            .empty("ranges");
    table.describe(soc, PLIC);
    soc.find("test@100000").ifPresent(test -> test.cells("phandle", TEST));
    power(root.child("poweroff"), "syscon-poweroff", POWER_OFF);
    power(root.child("reboot"), "syscon-reboot", RESET);
    return tree;
  }

  private static void chosen(Node chosen, VirtSpec spec, Initrd initrd, byte[] seed) {
    chosen.strings("stdout-path", "/soc/serial@10000000").bytes("rng-seed", seed);
    if (!spec.commandLine().isEmpty()) {
      chosen.strings("bootargs", spec.commandLine());
    }
    if (initrd.end() > initrd.start()) {
      chosen.longs("linux,initrd-start", initrd.start()).longs("linux,initrd-end", initrd.end());
    }
  }

  private static void hart(Node cpu, int hart) {
    cpu.strings("device_type", "cpu")
        .cells("reg", hart)
        .strings("status", "okay")
        .strings("compatible", "riscv")
        .strings("riscv,isa-base", "rv64i")
        .strings("riscv,isa-extensions", EXTENSIONS)
        .strings("riscv,isa", isaString())
        .strings("mmu-type", "riscv,sv57")
        .cells("riscv,cbom-block-size", CACHE_BLOCK)
        .cells("riscv,cboz-block-size", CACHE_BLOCK)
        .child("interrupt-controller")
        .cells("#interrupt-cells", 1)
        .empty("interrupt-controller")
        .strings("compatible", "riscv,cpu-intc")
        .cells("phandle", hartInterrupts(hart));
  }

  /// `rv64imafdc_zicbom_…`, for software that knows no lists of extensions.
  private static String isaString() {
    StringBuilder text = new StringBuilder("rv64");
    for (String extension : EXTENSIONS) {
      text.append(extension.length() > 1 ? "_" : "").append(extension);
    }
    return text.toString();
  }

  private static void power(Node node, String compatible, int value) {
    node.strings("compatible", compatible)
        .cells("regmap", TEST)
        .cells("offset", 0)
        .cells("value", value);
  }
}
