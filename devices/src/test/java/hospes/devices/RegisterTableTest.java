package hospes.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterTableTest {
  private final RegisterTable registers = new RegisterTable();
  private final List<String> log = new ArrayList<>();
  private final long[] held = {0x1122334455667788L, 0};

  @Test
  void wideReadJoinsRegistersAndHolesInOrderOfAddress() {
    registers.at(0x0, "LOW").readOnly(() -> noted("low", 0x1_0000_0001L));
    registers.at(0x4, "HIGH").readOnly(() -> noted("high", 2));
    registers.at(0xa, "BYTE").width(1).readOnly(() -> 0xff);
    assertEquals(0x2_0000_0001L, registers.read(0, 8));
    assertEquals(List.of("low", "high"), log);
    assertEquals(0xff_0000, registers.read(8, 4));
    assertEquals(0, registers.read(0x100, 8));
  }

  @Test
  void narrowReadGivesTheBytesAskedFor() {
    registers.at(0, "WIDE").width(8).readOnly(() -> held[0]);
    assertEquals(0x55667788L, registers.read(0, 4));
    assertEquals(0x11223344L, registers.read(4, 4));
    assertEquals(0x77, registers.read(1, 1));
    assertEquals(0x3344, registers.read(4, 2));
  }

  @Test
  void narrowWriteKeepsTheOtherBytesOfWhatHoldsAValue() {
    registers.at(0, "WIDE").width(8).readWrite(() -> held[0], value -> held[0] = value);
    registers.write(4, 4, 0xffff_ffff_aabbccddL);
    assertEquals(0xaabbccdd55667788L, held[0]);
    registers.write(0, 1, 0x100);
    assertEquals(0xaabbccdd55667700L, held[0]);
  }

  @Test
  void writeToAPortNeverReads() {
    registers.at(0, "FIFO").port(() -> noted("read", 7), value -> noted("write", value));
    registers.write(1, 1, 0x12);
    assertEquals(List.of("write 1200"), log);
  }

  @Test
  void wideWriteIsSplitAndReadOnlyIgnoresIt() {
    registers.at(0, "A").readOnly(() -> 1);
    registers.at(4, "B").times(2).writeOnly((index, value) -> noted("b" + index, value));
    registers.write(0, 8, 0x1234_0000_0000L);
    registers.write(8, 8, 0x99_0000_0005L);
    assertEquals(List.of("b0 1234", "b1 5"), log);
  }

  @Test
  void arrayElementsAreFoundByTheirIndex() {
    registers
        .at(0x10, "PAIR")
        .width(8)
        .times(2)
        .readWrite(index -> held[index], (index, value) -> held[index] = value);
    registers.write(0x18, 8, 5);
    assertEquals(5, held[1]);
    assertEquals(held[0], registers.read(0x10, 8));
  }

  @Test
  void overlappingRegistersAreAMistake() {
    registers.at(4, "B").times(2).readOnly(index -> 0);
    var at = registers.at(0, "A").width(8);
    assertThrows(IllegalArgumentException.class, () -> at.readOnly(() -> 0));
    var inside = registers.at(8, "C");
    assertThrows(IllegalArgumentException.class, () -> inside.readOnly(() -> 0));
  }

  private long noted(String what, long value) {
    log.add(value == 0x1_0000_0001L || what.equals("high") ? what : what + " %x".formatted(value));
    return value;
  }
}
