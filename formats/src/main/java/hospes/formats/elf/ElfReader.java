package hospes.formats.elf;

import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile.Width;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads one ELF file. Every offset and length comes from the file and is checked before it is
/// used.
final class ElfReader {
  private static final int HEADER_32 = 52;
  private static final int HEADER_64 = 64;
  private static final int SECTION_STRTAB_ESCAPE = 0xffff;

  private final ByteBuffer file;
  private final long size;
  private final boolean wide;
  private long nameBudget;

  ElfReader(ByteBuffer file) throws FormatException {
    this.file = file;
    this.size = file.capacity();
    if (!ElfFile.hasMagic(file)) {
      throw new FormatException("not an ELF file: it does not start with 7f 45 4c 46");
    }
    if (size < HEADER_32) {
      throw new FormatException("truncated ELF file: only " + size + " bytes");
    }
    wide =
        switch (file.get(4)) {
          case 1 -> false;
          case 2 -> true;
          default -> throw new FormatException("ELF file of unknown class " + file.get(4));
        };
    file.order(
        switch (file.get(5)) {
          case 1 -> ByteOrder.LITTLE_ENDIAN;
          case 2 -> ByteOrder.BIG_ENDIAN;
          default -> throw new FormatException("ELF file of unknown byte order " + file.get(5));
        });
    if (wide && size < HEADER_64) {
      throw new FormatException("truncated ELF file: only " + size + " bytes");
    }
    // Symbols may share their names' bytes: without a bound a small file could ask for endless
    // copies of a long name.
    nameBudget = 16 * size + (1 << 20);
  }

  ElfFile read() throws FormatException {
    List<Header> headers = sectionHeaders();
    List<Section> sections = sections(headers);
    return new ElfFile(
        wide ? Width.ELF64 : Width.ELF32,
        file.order(),
        u16(16),
        u16(18),
        wide ? file.getLong(24) : u32(24),
        file.getInt(wide ? 48 : 36),
        segments(headers),
        sections,
        symbols(headers));
  }

  /// `Elf64_Shdr`, with names for what a reader needs.
  private record Header(
      int name,
      int type,
      long flags,
      long address,
      long offset,
      long size,
      int link,
      int info,
      long entrySize) {}

  private List<Segment> segments(List<Header> headers) throws FormatException {
    long table = wide ? file.getLong(32) : u32(28);
    int entrySize = u16(wide ? 54 : 42);
    long count = u16(wide ? 56 : 44);
    if (count == 0xffff && !headers.isEmpty()) {
      count = Integer.toUnsignedLong(headers.getFirst().info());
    }
    if (count == 0) {
      return List.of();
    }
    requireTable("program header", table, count, entrySize, wide ? 56 : 32);
    var segments = new ArrayList<Segment>();
    for (int i = 0; i < count; i++) {
      int at = (int) (table + (long) i * entrySize);
      long offset = wide ? file.getLong(at + 8) : u32(at + 4);
      long fileSize = wide ? file.getLong(at + 32) : u32(at + 16);
      long memorySize = wide ? file.getLong(at + 40) : u32(at + 20);
      int type = file.getInt(at);
      if (type == Segment.LOAD && Long.compareUnsigned(fileSize, memorySize) > 0) {
        throw new FormatException(
            "ELF segment %d holds %#x bytes but occupies only %#x in memory"
                .formatted(i, fileSize, memorySize));
      }
      segments.add(
          new Segment(
              type,
              file.getInt(wide ? at + 4 : at + 24),
              wide ? file.getLong(at + 16) : u32(at + 8),
              wide ? file.getLong(at + 24) : u32(at + 12),
              memorySize,
              slice("segment " + i, offset, fileSize)));
    }
    return segments;
  }

  private List<Header> sectionHeaders() throws FormatException {
    long table = wide ? file.getLong(40) : u32(32);
    int entrySize = u16(wide ? 58 : 46);
    long count = u16(wide ? 60 : 48);
    if (table == 0) {
      return List.of();
    }
    if (count == 0) {
      // More than 65279 sections: the count is in the first header's size.
      requireTable("section header", table, 1, entrySize, wide ? 64 : 40);
      count = header((int) table).size();
      if (count == 0) {
        return List.of();
      }
    }
    requireTable("section header", table, count, entrySize, wide ? 64 : 40);
    var headers = new ArrayList<Header>();
    for (int i = 0; i < count; i++) {
      headers.add(header((int) (table + (long) i * entrySize)));
    }
    return headers;
  }

  private Header header(int at) {
    if (wide) {
      return new Header(
          file.getInt(at),
          file.getInt(at + 4),
          file.getLong(at + 8),
          file.getLong(at + 16),
          file.getLong(at + 24),
          file.getLong(at + 32),
          file.getInt(at + 40),
          file.getInt(at + 44),
          file.getLong(at + 56));
    }
    return new Header(
        file.getInt(at),
        file.getInt(at + 4),
        u32(at + 8),
        u32(at + 12),
        u32(at + 16),
        u32(at + 20),
        file.getInt(at + 24),
        file.getInt(at + 28),
        u32(at + 36));
  }

  private List<Section> sections(List<Header> headers) throws FormatException {
    if (headers.isEmpty()) {
      return List.of();
    }
    int namesIndex = u16(wide ? 62 : 50);
    if (namesIndex == SECTION_STRTAB_ESCAPE) {
      namesIndex = headers.getFirst().link();
    }
    ByteBuffer names =
        namesIndex == 0 ? ByteBuffer.allocate(0) : strings(headers, namesIndex, "section names");
    var sections = new ArrayList<Section>();
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      String name = namesIndex == 0 ? "" : string(names, header.name(), "section " + i);
      boolean inFile = i != 0 && header.type() != 0 && header.type() != Section.NOBITS;
      ByteBuffer data =
          slice(
              "section " + i + " (" + name + ")",
              inFile ? header.offset() : 0,
              inFile ? header.size() : 0);
      sections.add(
          new Section(name, header.type(), header.flags(), header.address(), header.size(), data));
    }
    return sections;
  }

  private List<Symbol> symbols(List<Header> headers) throws FormatException {
    for (int wanted : new int[] {Section.SYMTAB, Section.DYNSYM}) {
      for (Header header : headers) {
        if (header.type() == wanted) {
          return symbols(headers, header);
        }
      }
    }
    return List.of();
  }

  private List<Symbol> symbols(List<Header> headers, Header header) throws FormatException {
    int entrySize = wide ? 24 : 16;
    if (header.entrySize() != entrySize || header.size() % entrySize != 0) {
      throw new FormatException(
          "ELF symbol table with entries of %d bytes".formatted(header.entrySize()));
    }
    ByteBuffer table = slice("symbol table", header.offset(), header.size());
    ByteBuffer names = strings(headers, header.link(), "symbol names");
    var symbols = new ArrayList<Symbol>();
    for (int at = entrySize; at < table.capacity(); at += entrySize) {
      String name = string(names, table.getInt(at), "symbol " + at / entrySize);
      int info = table.get(wide ? at + 4 : at + 12) & 0xff;
      int section = Short.toUnsignedInt(table.getShort(wide ? at + 6 : at + 14));
      long value = wide ? table.getLong(at + 8) : Integer.toUnsignedLong(table.getInt(at + 4));
      long length = wide ? table.getLong(at + 16) : Integer.toUnsignedLong(table.getInt(at + 8));
      if (!name.isEmpty()) {
        symbols.add(new Symbol(name, value, length, info & 15, info >>> 4, section));
      }
    }
    return symbols;
  }

  private ByteBuffer strings(List<Header> headers, int index, String what) throws FormatException {
    if (index < 0 || index >= headers.size() || headers.get(index).type() != Section.STRTAB) {
      throw new FormatException(
          "ELF " + what + " are in section " + index + ", which is no string table");
    }
    return slice(what, headers.get(index).offset(), headers.get(index).size());
  }

  private String string(ByteBuffer strings, int offset, String what) throws FormatException {
    if (offset == 0 && strings.capacity() == 0) {
      return "";
    }
    if (offset < 0 || offset >= strings.capacity()) {
      throw new FormatException("ELF " + what + " has its name outside the string table");
    }
    int end = offset;
    while (end < strings.capacity() && strings.get(end) != 0) {
      end++;
    }
    if (end == strings.capacity()) {
      throw new FormatException("ELF " + what + " has a name without an end");
    }
    nameBudget -= end - offset;
    if (nameBudget < 0) {
      throw new FormatException("ELF file whose names are far larger than the file itself");
    }
    var bytes = new byte[end - offset];
    strings.get(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void requireTable(String what, long offset, long count, int entrySize, int needed)
      throws FormatException {
    if (entrySize < needed) {
      throw new FormatException(
          "ELF " + what + "s of " + entrySize + " bytes each; expected " + needed);
    }
    // A count is below 2^32 unless it was read from the first section header, which may hold
    // anything.
    if (count < 0 || count > size) {
      throw new FormatException(
          "ELF file with an absurd number of " + what + "s: " + Long.toUnsignedString(count));
    }
    requireInside(what + " table", offset, count * entrySize);
  }

  private void requireInside(String what, long offset, long length) throws FormatException {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new FormatException(
          "ELF %s at offset %#x of length %#x lies outside the file of %#x bytes: it is truncated or corrupt"
              .formatted(what, offset, length, size));
    }
  }

  private ByteBuffer slice(String what, long offset, long length) throws FormatException {
    requireInside(what, offset, length);
    return file.slice((int) offset, (int) length).order(file.order());
  }

  private int u16(int at) {
    return Short.toUnsignedInt(file.getShort(at));
  }

  private long u32(int at) {
    return Integer.toUnsignedLong(file.getInt(at));
  }
}
