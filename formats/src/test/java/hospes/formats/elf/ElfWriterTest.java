package hospes.formats.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.formats.FormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ElfWriterTest {
  private static final long BASE = 0x8020_0100L;

  @Test
  void whatIsWrittenIsReadBack() throws FormatException {
    ElfWriter.Part text =
        new ElfWriter.Part(".text", BASE, new byte[] {1, 2, 3}, 3, Segment.READ | Segment.EXECUTE);
    ElfWriter.Part data =
        new ElfWriter.Part(
            ".data", BASE + 0x1000, new byte[] {4}, 100, Segment.READ | Segment.WRITE);
    ElfFile elf =
        ElfFile.parse(
            ElfWriter.executable(
                ElfFile.MACHINE_RISCV,
                5,
                BASE + 2,
                List.of(text, data),
                List.of(
                    new ElfWriter.Name("start", BASE, Symbol.GLOBAL, ElfWriter.Belonging.ADDRESS),
                    new ElfWriter.Name("end", BASE + 3, Symbol.LOCAL, ElfWriter.Belonging.ADDRESS),
                    new ElfWriter.Name(
                        "room", BASE + 0x1050, Symbol.LOCAL, ElfWriter.Belonging.ADDRESS),
                    new ElfWriter.Name("SIZE", 7, Symbol.LOCAL, ElfWriter.Belonging.NUMBER))));
    assertEquals(ElfFile.TYPE_EXECUTABLE, elf.type());
    assertEquals(ElfFile.MACHINE_RISCV, elf.machine());
    assertEquals(5, elf.flags());
    assertEquals(BASE + 2, elf.entry());
    assertEquals(2, elf.segments().size());
    assertEquals(3, elf.segments().getFirst().data().remaining());
    assertEquals(100, elf.segments().getLast().memorySize());
    assertEquals(4, elf.segments().getLast().data().get());
    assertEquals(
        List.of("end", "room", "SIZE", "start"),
        elf.symbols().stream().map(Symbol::name).toList(),
        "local symbols stand before global ones");
    assertEquals(".text", section(elf, "start"));
    assertEquals(".text", section(elf, "end"));
    assertEquals(".data", section(elf, "room"));
    assertEquals(Symbol.ABSOLUTE, elf.symbol("SIZE").orElseThrow().section());
  }

  private static String section(ElfFile elf, String symbol) {
    return elf.sections().get(elf.symbol(symbol).orElseThrow().section()).name();
  }

  @Test
  void aPartCannotBeSmallerThanItsContent() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ElfWriter.Part(".text", BASE, new byte[8], 4, Segment.READ));
  }
}
