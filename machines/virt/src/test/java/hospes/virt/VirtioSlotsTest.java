package hospes.virt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import hospes.formats.fdt.DeviceTree;
import hospes.formats.fdt.Node;
import hospes.formats.fdt.Property;
import hospes.machine.BlockStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The slots of the board: where they always were, and as many as there are devices.
final class VirtioSlotsTest {
  /// Where kernels and bare programs found the slots and the button so far.
  private static final List<String> ALWAYS =
      List.of(
          "10001000 1",
          "10002000 2",
          "10003000 3",
          "10004000 4",
          "10005000 5",
          "10006000 6",
          "10007000 7",
          "10008000 8",
          "10009000 9",
          "1000a000 13");

  private static Node soc(int drives) throws FormatException {
    Standalone alone =
        Standalone.on(value -> {}).with(Collections.<BlockStore>nCopies(drives, new NoDisk()));
    byte[] tree =
        new VirtKind()
            .product(
                "dump-dtb",
                Virt.bareMetal(new byte[16]).memory("8M").plan(),
                alone.resources(),
                alone.identity());
    return DeviceTree.parse(tree).find("/soc").orElseThrow();
  }

  private static int[] cells(Node node, String property) throws FormatException {
    Optional<Property> found = node.property(property);
    return found.isPresent() ? found.get().cells() : new int[0];
  }

  private static List<String> virtio(Node soc) throws FormatException {
    List<String> slots = new ArrayList<>();
    for (Node node : soc.children()) {
      if (node.name().startsWith("virtio_mmio@")) {
        slots.add("%x %d".formatted(cells(node, "reg")[1], cells(node, "interrupts")[0]));
      }
    }
    return slots;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6})
  void aMachineWithFewDrivesHasTheSlotsThatItAlwaysHad(int drives) throws FormatException {
    assertEquals(ALWAYS, virtio(soc(drives)));
  }

  @Test
  void furtherSlotsAreBehindTheButton() throws FormatException {
    List<String> slots = virtio(soc(8)); // and three other devices
    assertEquals(12, slots.size());
    assertTrue(slots.containsAll(ALWAYS), () -> "some have moved: " + slots);
    assertEquals(List.of("1000b000 14", "1000c000 15"), slots.subList(9, 11));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 20, VirtDevices.MOST_DRIVES})
  void noTwoDevicesShareAnAddressOrAnInterrupt(int drives) throws FormatException {
    Set<Integer> addresses = new HashSet<>();
    Set<Integer> interrupts = new HashSet<>();
    Node soc = soc(drives);
    int sources = cells(soc.find("plic@c000000").orElseThrow(), "riscv,ndev")[0];
    for (Node node : soc.children()) {
      assertTrue(addresses.add(cells(node, "reg")[1]), node.name());
      for (int interrupt : cells(node, "interrupts")) {
        assertTrue(interrupts.add(interrupt), () -> node.name() + " shares " + interrupt);
        assertTrue(interrupt > 0 && interrupt <= sources, node.name());
      }
    }
    int withoutVirtio = 3; // clock, generation id, serial port
    int button = 1;
    assertEquals(Math.max(9, drives + 3) + button + withoutVirtio, interrupts.size());
  }
}
