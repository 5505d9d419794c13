package hospes.formats.fdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import hospes.formats.HostileBytes;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTreeTest {
  @Test
  void aTreeSurvivesFlatteningAndReading() throws FormatException {
    DeviceTree tree = board();

    DeviceTree copy = DeviceTree.parse(tree.toDtb());

    assertEquals(tree.toString(), copy.toString());
    assertArrayEquals(tree.toDtb(), copy.toDtb());
    Node serial = copy.find("/soc/serial@10000000").orElseThrow();
    assertEquals(
        List.of("ns16550a", "ns16550"), serial.property("compatible").orElseThrow().strings());
    assertArrayEquals(
        new int[] {0, 0x1000_0000, 0, 0x100}, serial.property("reg").orElseThrow().cells());
    assertEquals(1, serial.property("interrupt-parent").orElseThrow().number());
    assertEquals(0, serial.property("dma-coherent").orElseThrow().bytes().length);
    assertEquals(1L << 30, ByteBuffer.wrap(memory(copy).bytes()).getLong(8));
    assertEquals(List.of(new DeviceTree.Reservation(0x8000_0000L, 0x8_0000)), copy.reservations());
    assertEquals(2, copy.bootHart());
  }

  @Test
  void phandlesOfAReadTreeAreNotGivenTwice() throws FormatException {
    DeviceTree copy = DeviceTree.parse(board().toDtb());
    assertEquals(1, copy.find("/soc/plic@c000000").orElseThrow().phandle());
    assertEquals(2, copy.root().child("fresh").phandle());
    assertEquals(2, copy.root().child("fresh").phandle());
  }

  @Test
  void theSourceFormReadsLikeOne() {
    String source = board().toString();
    assertTrue(source.contains("compatible = \"ns16550a\", \"ns16550\";"), source);
    assertTrue(source.contains("reg = <0x0 0x10000000 0x0 0x100>;"), source);
    assertTrue(source.contains("dma-coherent;"), source);
    assertTrue(source.contains("local-mac-address = [52 54 00 12 34 56 ff];"), source);
  }

  @Test
  void aFlattenedTreeHasTheHeaderOfVersion17() {
    ByteBuffer dtb = ByteBuffer.wrap(board().toDtb());
    assertEquals(0xd00dfeed, dtb.getInt(0));
    assertEquals(dtb.capacity(), dtb.getInt(4));
    assertEquals(17, dtb.getInt(20));
    assertEquals(16, dtb.getInt(24));
    assertEquals(0, dtb.getInt(8) % 4);
    assertEquals(0, dtb.getInt(16) % 8);
  }

  @Test
  void everyTruncationIsRefused() {
    HostileBytes.everyPrefixIsRefused(board().toDtb(), DeviceTree::parse);
  }

  @Test
  void damageNeverEscapesAsAnotherException() {
    HostileBytes.damageIsSurvived(
        board().toDtb(), file -> assertFalse(DeviceTree.parse(file).toString().isEmpty()));
  }

  @Test
  void endlessNestingIsRefused() {
    var tree = new DeviceTree();
    Node node = tree.root();
    for (int depth = 0; depth < 1000; depth++) {
      node = node.child("n");
    }
    byte[] dtb = tree.toDtb();
    assertThrows(FormatException.class, () -> DeviceTree.parse(dtb));
  }

  private static Property memory(DeviceTree tree) {
    return tree.find("/memory@80000000").orElseThrow().property("reg").orElseThrow();
  }

  private static DeviceTree board() {
    var tree = new DeviceTree().reserve(0x8000_0000L, 0x8_0000).bootHart(2);
    tree.root()
        .strings("compatible", "riscv-virtio")
        .cells("#address-cells", 2)
        .cells("#size-cells", 2);
    tree.root()
        .child("memory@80000000")
        .strings("device_type", "memory")
        .longs("reg", 0x8000_0000L, 1L << 30);
    Node soc = tree.root().child("soc").empty("ranges");
    Node plic = soc.child("plic@c000000").cells("#interrupt-cells", 1);
    soc.child("serial@10000000")
        .strings("compatible", "ns16550a", "ns16550")
        .cells("reg", 0, 0x1000_0000, 0, 0x100)
        .cells("interrupt-parent", plic.phandle())
        .empty("dma-coherent");
    byte[] address = {0x52, 0x54, 0, 0x12, 0x34, 0x56, (byte) 0xff};
    soc.child("net@10001000").bytes("local-mac-address", address);
    return tree;
  }
}
