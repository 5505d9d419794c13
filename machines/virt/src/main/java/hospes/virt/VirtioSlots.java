package hospes.virt;

import hospes.devices.Plic;
import hospes.devices.virtio.VirtioMmio;

/// Where the slots of the `virt` board for virtio devices are, and how many of them a machine has.
///
/// The first nine are in a row whose interrupts end where the UART's is; eight of them are as on
/// QEMU's board. The power button has the address behind that row. Machines with more devices have
/// more slots: behind the button, with the interrupts that nothing else on the board has.
final class VirtioSlots {
  /// Slots that there are on every board, most of them empty.
  static final int LEAST = 9;

  private static final long BASE = 0x1000_1000L;
  private static final int FIRST_IRQ = 1;

  static final long BUTTON_BASE = BASE + LEAST * VirtioMmio.SIZE;
  static final int BUTTON_IRQ = 13;

  private static final long NEXT_BASE = BUTTON_BASE + VirtioMmio.SIZE;
  private static final int NEXT_IRQ = BUTTON_IRQ + 1;

  /// Slots that there can be: no two share a source of the interrupt controller.
  static final int MOST = LEAST + Plic.SOURCES - NEXT_IRQ;

  private VirtioSlots() {}

  /// How many slots a machine with so many virtio devices has.
  static int count(int devices) {
    return Math.max(LEAST, devices);
  }

  /// The physical address of a slot's registers.
  static long base(int slot) {
    return slot < LEAST
        ? BASE + slot * VirtioMmio.SIZE
        : NEXT_BASE + (slot - LEAST) * VirtioMmio.SIZE;
  }

  /// The interrupt of a slot at the PLIC.
  static int irq(int slot) {
    return slot < LEAST ? FIRST_IRQ + slot : NEXT_IRQ + slot - LEAST;
  }
}
