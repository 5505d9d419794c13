package hospes.formats.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.FormatException;
import hospes.formats.HostileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElfFileTest {
  private static final long BASE = 0x8000_0000L;

  @Test
  void aBareMetalProgramGivesWhatALoaderNeeds() throws FormatException {
    ElfFile elf = ElfFile.parse(program());

    assertEquals(ElfFile.Width.ELF64, elf.width());
    assertEquals(ElfFile.MACHINE_RISCV, elf.machine());
    assertEquals(ElfFile.TYPE_EXECUTABLE, elf.type());
    assertEquals(BASE + 4, elf.entry());
    assertEquals(1, elf.segments().size());
    Segment segment = elf.segments().getFirst();
    assertTrue(segment.isLoad());
    assertEquals(BASE, segment.physicalAddress());
    assertEquals(0xffff_ffff_8000_0000L, segment.virtualAddress());
    assertEquals(4096, segment.memorySize());
    assertEquals(16, segment.data().remaining());
    assertEquals(0x0000_0013, segment.data().getInt());
    assertEquals(BASE + 8, elf.symbol("tohost").orElseThrow().value());
    assertTrue(elf.symbol("absent").isEmpty());
  }

  @Test
  void aDisassemblerFindsExecutableSectionsAndSortedFunctions() throws FormatException {
    ElfFile elf = ElfFile.parse(program());

    List<Section> executable = elf.sections().stream().filter(Section::isExecutable).toList();
    assertEquals(List.of(".text"), executable.stream().map(Section::name).toList());
    assertEquals(BASE, executable.getFirst().address());
    assertEquals(16, executable.getFirst().data().remaining());
    assertEquals(List.of("_start", "main"), elf.functions().stream().map(Symbol::name).toList());
  }

  @Test
  void everyTruncationIsRefused() {
    HostileBytes.everyPrefixIsRefused(program(), ElfFile::parse);
  }

  @Test
  void damageNeverEscapesAsAnotherException() {
    HostileBytes.damageIsSurvived(program(), ElfFile::parse);
  }

  @Test
  void messagesSayWhatIsWrong() {
    byte[] text =
        "#!/bin/sh\necho this is a script, which is longer than an ELF header is\n".getBytes();
    assertTrue(message(text).startsWith("not an ELF file"));
    byte[] outside = program();
    ByteBuffer.wrap(outside).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 8, 1L << 40);
    assertTrue(message(outside).contains("outside the file"), message(outside));
    byte[] swollen = program();
    ByteBuffer.wrap(swollen).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 40, 8);
    assertTrue(message(swollen).contains("occupies only"), message(swollen));
  }

  @Test
  void aStrippedFileHasNeitherSectionsNorSymbols() throws FormatException {
    byte[] stripped = program();
    ByteBuffer header = ByteBuffer.wrap(stripped).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(40, 0).putShort(60, (short) 0).putShort(62, (short) 0);
    ElfFile elf = ElfFile.parse(stripped);
    assertEquals(List.of(), elf.sections());
    assertEquals(List.of(), elf.symbols());
    assertFalse(elf.segments().isEmpty());
  }

  private static String message(byte[] file) {
    return assertThrows(FormatException.class, () -> ElfFile.parse(file)).getMessage();
  }

  /// A program of four instructions: header, program header, text, symbols, strings, section
  /// headers.
  private static byte[] program() {
    String names = "\0_start\0main\0tohost\0.text\0.symtab\0.strtab\0";
    int text = 64 + 56;
    int symbols = text + 16;
    int strings = symbols + 4 * 24;
    int sections = (strings + names.length() + 7) & ~7;
    ByteBuffer out = ByteBuffer.allocate(sections + 4 * 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
    out.putShort((short) 2)
        .putShort((short) 243)
        .putInt(1)
        .putLong(BASE + 4)
        .putLong(64)
        .putLong(sections);
    out.putInt(5).putShort((short) 64).putShort((short) 56).putShort((short) 1);
    out.putShort((short) 64).putShort((short) 4).putShort((short) 3);
    // Linked to run high but loaded low, as kernels are.
    out.putInt(Segment.LOAD).putInt(Segment.READ | Segment.EXECUTE).putLong(text);
    out.putLong(0xffff_ffff_8000_0000L).putLong(BASE).putLong(16).putLong(4096).putLong(16);
    out.putInt(0x13).putInt(0x13).putInt(0).putInt(0);
    out.position(symbols + 24);
    symbol(out, names.indexOf("main"), Symbol.FUNCTION, BASE + 8);
    symbol(out, names.indexOf("_start"), Symbol.FUNCTION, BASE + 4);
    symbol(out, names.indexOf("tohost"), Symbol.OBJECT, BASE + 8);
    out.put(names.getBytes());
    out.position(sections + 64);
    section(out, names.indexOf(".text"), Section.PROGBITS, 6, BASE, text, 16, 0, 0);
    section(out, names.indexOf(".symtab"), Section.SYMTAB, 0, 0, symbols, 4 * 24, 3, 24);
    section(out, names.indexOf(".strtab"), Section.STRTAB, 0, 0, strings, names.length(), 0, 0);
    return out.array();
  }

  private static void symbol(ByteBuffer out, int name, int type, long value) {
    out.putInt(name).put((byte) (Symbol.GLOBAL << 4 | type)).put((byte) 0).putShort((short) 1);
    out.putLong(value).putLong(4);
  }

  private static void section(
      ByteBuffer out,
      int name,
      int type,
      long flags,
      long address,
      long offset,
      long size,
      int link,
      long entrySize) {
    out.putInt(name).putInt(type).putLong(flags).putLong(address).putLong(offset).putLong(size);
    out.putInt(link).putInt(1).putLong(8).putLong(entrySize);
  }
}
