package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FileKindTest {
  private static final int EXECUTABLE = 2;
  private static final int RISCV = 243;
  private static final int LOAD = 1;
  private static final int INTERPRETER = 3;

  /// A 64-bit ELF file with one program header and nothing else.
  private static byte[] elf(int type, int machine, int segmentType, long physicalAddress) {
    ByteBuffer file = ByteBuffer.allocate(64 + 56).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(16, (short) type).putShort(18, (short) machine).putInt(20, 1);
    file.putLong(32, 64).putShort(52, (short) 64).putShort(54, (short) 56);
    file.putShort(56, (short) 1);
    file.putInt(64, segmentType).putLong(64 + 24, physicalAddress);
    return file.array();
  }

  private static String whyUnusable(byte[] file) throws FormatException {
    return assertInstanceOf(FileKind.Unusable.class, FileKind.of(file)).why();
  }

  @Test
  void anElfFileBelowTheKernelsPlaceStartsInMachineMode() throws FormatException {
    assertEquals(
        new FileKind.BareMetalElf(), FileKind.of(elf(EXECUTABLE, RISCV, LOAD, 0x8000_0000L)));
  }

  @Test
  void anElfFileAboveFirmwareStartsInSupervisorMode() throws FormatException {
    assertEquals(
        new FileKind.SupervisorElf(), FileKind.of(elf(EXECUTABLE, RISCV, LOAD, 0x8020_0000L)));
  }

  @Test
  void anElfFileForAnotherMachineIsRefused() throws FormatException {
    String why = whyUnusable(elf(EXECUTABLE, 62, LOAD, 0x8000_0000L));
    assertTrue(why.contains("another computer (machine 62"), why);
  }

  @Test
  void aLinuxProgramIsNotTakenForBareMetal() throws FormatException {
    assertTrue(whyUnusable(elf(EXECUTABLE, RISCV, INTERPRETER, 0)).contains("Linux program"));
  }

  @Test
  void anObjectFileHasToBeLinked() throws FormatException {
    assertTrue(whyUnusable(elf(1, RISCV, LOAD, 0)).contains("link it first"));
  }

  @Test
  void aTruncatedElfFileIsDamagedAtEveryLength() {
    byte[] whole = elf(EXECUTABLE, RISCV, LOAD, 0x8000_0000L);
    for (int length = 4; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(FormatException.class, () -> FileKind.of(part), "length " + length);
    }
  }
}
