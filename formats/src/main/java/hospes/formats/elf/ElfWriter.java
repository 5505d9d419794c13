package hospes.formats.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes executable ELF files: 64 bits, little-endian, with symbols. ELF-64 Object File Format
/// 1.5.
///
/// Each part becomes a `PT_LOAD` segment and a section of the same name, so that loaders,
/// disassemblers and debuggers understand the file.
public final class ElfWriter {
  /// A stretch of the program.
  ///
  /// @param name the section's name, such as `.text`
  /// @param address where it is loaded
  /// @param content its bytes
  /// @param memorySize its size in memory; what exceeds the content is zeros
  /// @param access bits of [Segment#READ], [Segment#WRITE], [Segment#EXECUTE]
  public record Part(String name, long address, byte[] content, long memorySize, int access) {
    public Part {
      if (memorySize < content.length) {
        throw new IllegalArgumentException(
            "%s has %d bytes, more than its memory size of %d"
                .formatted(name, content.length, memorySize));
      }
    }
  }

  /// A symbol to write.
  ///
  /// @param binding for example [Symbol#GLOBAL]
  /// @param belonging what its value is
  public record Name(String name, long value, int binding, Belonging belonging) {}

  /// What a symbol's value is.
  public enum Belonging {
    /// An address in the program.
    ADDRESS,
    /// A number that has nothing to do with where the program stands.
    NUMBER
  }

  private static final int FILE_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int SECTION_HEADER = 64;
  private static final int SYMBOL = 24;
  private static final int PAGE = 4096;
  private static final long SHF_WRITE = 1;
  private static final long SHF_ALLOC = 2;
  private static final long SHF_EXECINSTR = 4;

  private final List<Part> parts;
  private final ByteArrayOutputStream sectionNames = new ByteArrayOutputStream();
  private final List<byte[]> sectionHeaders = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private ElfWriter(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// An executable file.
  ///
  /// @param machine `e_machine`, for example [ElfFile#MACHINE_RISCV]
  /// @param flags `e_flags`
  /// @param entry the address of the first instruction
  public static byte[] executable(
      int machine, int flags, long entry, List<Part> parts, List<Name> symbols) {
    return new ElfWriter(parts).write(machine, flags, entry, symbols);
  }

  private byte[] write(int machine, int flags, long entry, List<Name> symbols) {
    sectionNames.write(0);
    sectionHeaders.add(new byte[SECTION_HEADER]);
    byte[] headers = new byte[FILE_HEADER + parts.size() * PROGRAM_HEADER];
    body.writeBytes(headers);
    ByteBuffer programHeaders = little(parts.size() * PROGRAM_HEADER);
    for (Part part : parts) {
      writePart(part, programHeaders);
    }
    writeSymbols(symbols);
    int namesIndex = sectionHeaders.size();
    int name = name(".shstrtab");
    section(name, Section.STRTAB, 0, 0, sectionNames.toByteArray(), sectionNames.size(), 0, 0, 0);
    pad(8);
    int sectionTable = body.size();
    sectionHeaders.forEach(body::writeBytes);
    ByteBuffer header = little(FILE_HEADER);
    header.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    header.putShort((short) ElfFile.TYPE_EXECUTABLE).putShort((short) machine).putInt(1);
    header.putLong(entry).putLong(FILE_HEADER).putLong(sectionTable).putInt(flags);
    header.putShort((short) FILE_HEADER);
    header.putShort((short) PROGRAM_HEADER).putShort((short) parts.size());
    header.putShort((short) SECTION_HEADER).putShort((short) sectionHeaders.size());
    header.putShort((short) namesIndex);
    byte[] file = body.toByteArray();
    System.arraycopy(header.array(), 0, file, 0, FILE_HEADER);
    System.arraycopy(programHeaders.array(), 0, file, FILE_HEADER, programHeaders.capacity());
    return file;
  }

  private void writePart(Part part, ByteBuffer programHeaders) {
    if (part.content().length > 0) {
      // A loader that maps pages wants file offset and address to agree within a page.
      while (body.size() % PAGE != Long.remainderUnsigned(part.address(), PAGE)) {
        body.write(0);
      }
    }
    programHeaders.putInt(Segment.LOAD).putInt(part.access()).putLong(body.size());
    programHeaders.putLong(part.address()).putLong(part.address());
    programHeaders.putLong(part.content().length).putLong(part.memorySize()).putLong(PAGE);
    long flags =
        SHF_ALLOC
            | ((part.access() & Segment.WRITE) != 0 ? SHF_WRITE : 0)
            | ((part.access() & Segment.EXECUTE) != 0 ? SHF_EXECINSTR : 0);
    boolean blank = part.content().length == 0;
    section(
        name(part.name()),
        blank ? Section.NOBITS : Section.PROGBITS,
        flags,
        part.address(),
        part.content(),
        part.memorySize(),
        0,
        0,
        0);
  }

  /// The symbol table: local symbols first, as the format asks for.
  private void writeSymbols(List<Name> symbols) {
    List<Name> ordered = new ArrayList<>();
    symbols.stream().filter(symbol -> symbol.binding() == Symbol.LOCAL).forEach(ordered::add);
    int firstGlobal = ordered.size() + 1;
    symbols.stream().filter(symbol -> symbol.binding() != Symbol.LOCAL).forEach(ordered::add);
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.write(0);
    ByteBuffer table = little((ordered.size() + 1) * SYMBOL);
    table.position(SYMBOL);
    for (Name symbol : ordered) {
      table.putInt(names.size()).put((byte) (symbol.binding() << 4)).put((byte) 0);
      table.putShort((short) sectionOf(symbol)).putLong(symbol.value()).putLong(0);
      names.writeBytes(symbol.name().getBytes(StandardCharsets.UTF_8));
      names.write(0);
    }
    int stringIndex = sectionHeaders.size() + 1;
    pad(8);
    section(
        name(".symtab"),
        Section.SYMTAB,
        0,
        0,
        table.array(),
        table.capacity(),
        stringIndex,
        firstGlobal,
        SYMBOL);
    section(name(".strtab"), Section.STRTAB, 0, 0, names.toByteArray(), names.size(), 0, 0, 0);
  }

  /// The section that an address lies in; the end of a section counts, where no other begins there.
  private int sectionOf(Name symbol) {
    if (symbol.belonging() == Belonging.NUMBER) {
      return Symbol.ABSOLUTE;
    }
    int atEnd = Symbol.ABSOLUTE;
    for (int i = 0; i < parts.size(); i++) {
      long distance = symbol.value() - parts.get(i).address();
      if (Long.compareUnsigned(distance, parts.get(i).memorySize()) < 0) {
        return i + 1;
      }
      atEnd = distance == parts.get(i).memorySize() ? i + 1 : atEnd;
    }
    return atEnd;
  }

  private int name(String text) {
    int at = sectionNames.size();
    sectionNames.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    sectionNames.write(0);
    return at;
  }

  private void section(
      int name,
      int type,
      long flags,
      long address,
      byte[] content,
      long size,
      int link,
      int info,
      int entrySize) {
    ByteBuffer header = little(SECTION_HEADER);
    header.putInt(name).putInt(type).putLong(flags).putLong(address);
    // Content of loaded parts may be shorter than their memory: the section is what the file holds.
    header.putLong(body.size()).putLong(type == Section.NOBITS ? size : content.length);
    header.putInt(link).putInt(info).putLong(address == 0 ? 8 : 4).putLong(entrySize);
    sectionHeaders.add(header.array());
    body.writeBytes(content);
  }

  private void pad(int alignment) {
    while (body.size() % alignment != 0) {
      body.write(0);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
