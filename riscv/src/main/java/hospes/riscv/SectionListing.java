package hospes.riscv;

import hospes.engine.Disassembler;
import hospes.engine.InstructionTable;
import hospes.formats.elf.Section;
import hospes.formats.elf.Symbol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The listing of one section: a part for each symbol, a line for each instruction or datum.
final class SectionListing {
  /// So many zero bytes in a row are only hinted at.
  private static final int SKIPPED_ZEROS = 8;

  /// Fewer zero bytes than this at the end of a part are only hinted at, too: they align the next.
  private static final int PADDING = 3;

  private final InstructionTable table;
  private final Disassembler disassembler;
  private final SymbolMap symbols;
  private final AddressTracker tracker;
  private final Section section;
  private final int index;
  private final ByteBuffer data;
  private final Appendable out;
  private final List<Symbol> mapping;
  private final int addressDigits;
  private int nextMark;
  private boolean inData;

  SectionListing(
      InstructionTable table,
      Disassembler.Style style,
      SymbolMap symbols,
      OptionalLong globalPointer,
      Section section,
      int index,
      Appendable out) {
    this.table = table;
    this.disassembler = new Disassembler(table, style, this::withSymbol);
    this.symbols = symbols;
    this.tracker = new AddressTracker(globalPointer, style);
    this.section = section;
    this.index = index;
    this.data = section.data().order(ByteOrder.LITTLE_ENDIAN);
    this.out = out;
    this.mapping = symbols.mapping(index);
    this.addressDigits = digits(section.address() + data.limit());
  }

  /// How many digits addresses up to `last` get: groups of four, and a leading zero (a blank) where
  /// there is room for one.
  private static int digits(long last) {
    int digits = (Long.SIZE - Long.numberOfLeadingZeros(last) + 3) / 4;
    return Math.min(16, (digits / 4 + 1) * 4);
  }

  /// Writes the parts.
  void write() throws IOException {
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (long start : symbols.starts(index)) {
      long offset = start - section.address();
      if (offset > 0 && offset < data.limit()) {
        starts.add((int) offset);
      }
    }
    starts.add(data.limit());
    for (int i = 0; i + 1 < starts.size(); i++) {
      long address = section.address() + starts.get(i);
      out.append(
          "\n%016x %s:\n".formatted(address, distance(address, symbols.nearestIn(index, address))));
      writePart(starts.get(i), starts.get(i + 1));
    }
  }

  private void writePart(int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      int zeros = zeros(at, to);
      if (zeros >= SKIPPED_ZEROS || zeros < PADDING && zeros > 0 && at + zeros == to) {
        out.append("\t...\n");
        // What follows the zeros may be an instruction, which is aligned.
        at += at + zeros < to ? zeros & ~3 : zeros;
      } else {
        followMarks(section.address() + at);
        at += inData ? writeDatum(at, to) : writeInstruction(at, to);
      }
    }
  }

  private int zeros(int from, int to) {
    int at = from;
    while (at < to && data.get(at) == 0) {
      at++;
    }
    return at - from;
  }

  private void followMarks(long address) {
    while (nextMark < mapping.size()
        && Long.compareUnsigned(mapping.get(nextMark).value(), address) <= 0) {
      inData = mapping.get(nextMark++).name().startsWith("$d");
    }
  }

  private int writeInstruction(int at, int to) throws IOException {
    long address = section.address() + at;
    if (to - at < Short.BYTES) {
      return writeByte(address, at);
    }
    int bits = Short.toUnsignedInt(data.getShort(at));
    boolean isShort = table.isShort(bits);
    if (!isShort) {
      if (data.limit() - at < Integer.BYTES) {
        line(address, "%04x".formatted(bits), 20, ".2byte\t0x%x".formatted(bits));
        return Short.BYTES;
      }
      bits = data.getInt(at);
    }
    OptionalLong completed = tracker.follow(address, bits, isShort);
    String text = disassembler.disassemble(address, bits);
    if (completed.isPresent()) {
      text += " # " + withSymbol(completed.getAsLong());
    }
    line(address, (isShort ? "%04x" : "%08x").formatted(bits), isShort ? 20 : 18, text);
    return isShort ? Short.BYTES : Integer.BYTES;
  }

  private int writeByte(long address, int at) throws IOException {
    int value = Byte.toUnsignedInt(data.get(at));
    line(address, "%02x".formatted(value), 18, ".byte\t0x%02x".formatted(value));
    return 1;
  }

  /// A datum is a word, or less where the next mapping symbol or the end comes first.
  private int writeDatum(int at, int to) throws IOException {
    long address = section.address() + at;
    long left = Math.min(Integer.BYTES, to - at);
    if (nextMark < mapping.size()) {
      long untilMark = mapping.get(nextMark).value() - address;
      left = Long.compareUnsigned(untilMark, left) < 0 ? untilMark : left;
    }
    if (left >= Integer.BYTES) {
      int value = data.getInt(at);
      line(address, "%08x".formatted(value), 18, ".word\t0x%08x".formatted(value));
      return Integer.BYTES;
    }
    if (left == 1 || left == 3 && (address & 1) != 0) {
      return writeByte(address, at);
    }
    int value = Short.toUnsignedInt(data.getShort(at));
    line(address, "%04x".formatted(value), 20, ".short\t0x%04x".formatted(value));
    return Short.BYTES;
  }

  private void line(long address, String bytes, int width, String text) throws IOException {
    String digits = Long.toHexString(address);
    out.append(" ".repeat(Math.max(0, addressDigits - digits.length())))
        .append(digits)
        .append(":\t")
        .append(bytes)
        .append(" ".repeat(width - bytes.length()))
        .append('\t')
        .append(text)
        .append('\n');
  }

  private String withSymbol(long address) {
    return symbols.isEmpty()
        ? "0x" + Long.toHexString(address)
        : Long.toHexString(address)
            + " "
            + distance(address, symbols.nearest(address, index, section.address(), data.limit()));
  }

  /// The address as a distance from a symbol, or from the section where there is none.
  private String distance(long address, Optional<Symbol> symbol) {
    String name = symbol.map(Symbol::name).orElse(section.name());
    long distance = address - symbol.map(Symbol::value).orElse(section.address());
    if (distance == 0) {
      return "<" + name + ">";
    }
    return symbol.isEmpty() || Long.compareUnsigned(symbol.get().value(), address) < 0
        ? "<%s+0x%x>".formatted(name, distance)
        : "<%s-0x%x>".formatted(name, -distance);
  }
}
