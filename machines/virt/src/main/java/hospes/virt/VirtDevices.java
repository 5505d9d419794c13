package hospes.virt;

import hospes.devices.Clint;
import hospes.devices.Device;
import hospes.devices.GenerationId;
import hospes.devices.GoldfishRtc;
import hospes.devices.HartLines;
import hospes.devices.InterruptLine;
import hospes.devices.Ns16550a;
import hospes.devices.Plic;
import hospes.devices.PowerControl;
import hospes.devices.TestFinisher;
import hospes.devices.virtio.EmptyVirtioSlot;
import hospes.devices.virtio.VirtioBalloon;
import hospes.devices.virtio.VirtioBlock;
import hospes.devices.virtio.VirtioConsole;
import hospes.devices.virtio.VirtioDevice;
import hospes.devices.virtio.VirtioEntropy;
import hospes.devices.virtio.VirtioInput;
import hospes.devices.virtio.VirtioMmio;
import hospes.formats.fdt.Node;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// The devices of the `virt` board, at the addresses and interrupts of QEMU's board of that name.
final class VirtDevices {
  /// How many disks there can be beside the source of entropy, the console and the balloon.
  static final int MOST_DRIVES = VirtioSlots.MOST - 3;

  private static final int RTC_IRQ = 11;
  private static final int GENERATION_IRQ = 12;
  private static final int UART_IRQ = 10;
  private static final int UART_CLOCK = 3_686_400;
  private static final int SUPERVISOR_EXTERNAL = 9;
  private static final int MACHINE_EXTERNAL = 11;
  private static final int MACHINE_SOFTWARE = 3;
  private static final int MACHINE_TIMER = 7;

  final BoardTable table = new BoardTable();
  final Clint clint;
  final Plic plic;
  final GoldfishRtc rtc;
  final Ns16550a uart;
  final VirtioConsole console;
  final GenerationId generation;
  final VirtioBalloon balloon;
  final VirtioInput button = new VirtioInput();

  /// What the devices are connected to.
  ///
  /// @param harts the harts' interrupt inputs
  /// @param memory RAM, for DMA
  /// @param drives contents of the disks
  /// @param uartOutput where the UART's output goes
  /// @param virtioOutput where the virtio console's output goes
  /// @param entropy the source behind the entropy device
  /// @param power the power switch
  /// @param nanoseconds guest time since power-on
  /// @param startNanoseconds time of day at power-on
  record Wires(
      List<HartLines> harts,
      FrameTable memory,
      List<BlockStore> drives,
      ConsoleOutput uartOutput,
      ConsoleOutput virtioOutput,
      Entropy entropy,
      PowerControl power,
      LongSupplier nanoseconds,
      long startNanoseconds) {}

  VirtDevices(Wires around) {
    clint =
        new Clint(
            "clint",
            around.harts(),
            () -> around.nanoseconds().getAsLong() / VirtMachine.NANOSECONDS_PER_TICK);
    plic = new Plic("plic", around.harts());
    rtc =
        new GoldfishRtc("rtc", around.nanoseconds(), around.startNanoseconds(), plic.line(RTC_IRQ));
    uart = new Ns16550a("uart", around.uartOutput(), plic.line(UART_IRQ));
    console = new VirtioConsole(around.virtioOutput());
    generation = new GenerationId("generation", plic.line(GENERATION_IRQ));
    balloon = new VirtioBalloon(around.memory());
    TestFinisher finisher = new TestFinisher("test", around.power());

    table.at(0x0010_0000L, TestFinisher.SIZE, finisher);
    table.at(0x0010_1000L, GoldfishRtc.SIZE, rtc).irq(RTC_IRQ);
    table.at(0x0010_2000L, GenerationId.SIZE, generation).irq(GENERATION_IRQ);
    table
        .at(0x0200_0000L, Clint.SIZE, clint)
        .properties(node -> wireClint(node, around.harts().size()));
    table
        .at(0x0c00_0000L, Plic.SIZE, plic)
        .properties(node -> wirePlic(node, around.harts().size()));
    table
        .at(0x1000_0000L, Ns16550a.SIZE, uart)
        .irq(UART_IRQ)
        .properties(node -> node.cells("clock-frequency", UART_CLOCK));
    List<VirtioDevice> devices = virtioDevices(around);
    for (int slot = 0; slot < VirtioSlots.count(devices.size()); slot++) {
      Device device = virtioSlot(slot, devices, around.memory());
      table.at(VirtioSlots.base(slot), VirtioMmio.SIZE, device).irq(VirtioSlots.irq(slot));
    }
    InterruptLine buttonLine = plic.line(VirtioSlots.BUTTON_IRQ);
    table
        .at(
            VirtioSlots.BUTTON_BASE,
            VirtioMmio.SIZE,
            new VirtioMmio("button", button, around.memory(), buttonLine))
        .irq(VirtioSlots.BUTTON_IRQ);
  }

  private List<VirtioDevice> virtioDevices(Wires around) {
    List<VirtioDevice> devices = new ArrayList<>();
    for (int i = 0; i < around.drives().size(); i++) {
      devices.add(new VirtioBlock(around.drives().get(i), "hospes-drive-" + i));
    }
    devices.add(new VirtioEntropy(around.entropy()));
    devices.add(console);
    devices.add(balloon);
    return devices;
  }

  private Device virtioSlot(int slot, List<VirtioDevice> devices, FrameTable memory) {
    String name = "virtio" + slot;
    return slot < devices.size()
        ? new VirtioMmio(name, devices.get(slot), memory, plic.line(VirtioSlots.irq(slot)))
        : new EmptyVirtioSlot(name);
  }

  private static void wireClint(Node node, int harts) {
    node.cells("interrupts-extended", interrupts(harts, MACHINE_SOFTWARE, MACHINE_TIMER));
  }

  private static void wirePlic(Node node, int harts) {
    node.cells("interrupts-extended", interrupts(harts, MACHINE_EXTERNAL, SUPERVISOR_EXTERNAL))
        .empty("interrupt-controller")
        .cells("#interrupt-cells", 1)
        .cells("#address-cells", 0)
        .cells("riscv,ndev", Plic.SOURCES - 1)
        .cells("phandle", VirtDeviceTree.PLIC);
  }

  private static int[] interrupts(int harts, int first, int second) {
    int[] cells = new int[4 * harts];
    for (int hart = 0; hart < harts; hart++) {
      cells[4 * hart] = VirtDeviceTree.hartInterrupts(hart);
      cells[4 * hart + 1] = first;
      cells[4 * hart + 2] = VirtDeviceTree.hartInterrupts(hart);
      cells[4 * hart + 3] = second;
    }
    return cells;
  }
}
