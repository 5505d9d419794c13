package hospes.formats.elf;

import hospes.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An ELF file: 32 or 64 bits, either byte order. ELF-64 Object File Format 1.5; System V ABI,
/// chapter 4.
///
/// Everything in it was checked against the file's size when it was parsed. Addresses are given as
/// the file states them: whether they fit the guest's memory is the loader's question.
public final class ElfFile {
  /// `EM_RISCV`.
  public static final int MACHINE_RISCV = 243;

  /// `ET_REL`: an object file that was not linked.
  public static final int TYPE_RELOCATABLE = 1;

  /// `ET_EXEC`: an executable with fixed addresses.
  public static final int TYPE_EXECUTABLE = 2;

  /// `ET_DYN`: a shared object or position-independent executable.
  public static final int TYPE_SHARED = 3;

  /// The word size of the file.
  public enum Width {
    ELF32,
    ELF64
  }

  private final Width width;
  private final ByteOrder order;
  private final int type;
  private final int machine;
  private final long entry;
  private final int flags;
  private final List<Segment> segments;
  private final List<Section> sections;
  private final List<Symbol> symbols;
  private final Map<String, Symbol> byName;

  ElfFile(
      Width width,
      ByteOrder order,
      int type,
      int machine,
      long entry,
      int flags,
      List<Segment> segments,
      List<Section> sections,
      List<Symbol> symbols) {
    this.width = width;
    this.order = order;
    this.type = type;
    this.machine = machine;
    this.entry = entry;
    this.flags = flags;
    this.segments = List.copyOf(segments);
    this.sections = List.copyOf(sections);
    this.symbols = List.copyOf(symbols);
    this.byName = index(symbols);
  }

  /// Parses a whole file.
  ///
  /// @throws FormatException if the bytes are no ELF file, or one that is truncated or points
  /// outside itself
  public static ElfFile parse(byte[] file) throws FormatException {
    return parse(ByteBuffer.wrap(file));
  }

  /// Parses a whole file: the bytes from the buffer's position to its limit. The data of segments
  /// and sections are views of the buffer, which must not change afterwards; its position stays.
  ///
  /// @throws FormatException if the bytes are no ELF file, or one that is truncated or points
  /// outside itself
  public static ElfFile parse(ByteBuffer file) throws FormatException {
    return new ElfReader(file.slice()).read();
  }

  /// Whether the bytes start like an ELF file.
  public static boolean hasMagic(ByteBuffer file) {
    int at = file.position();
    return file.remaining() >= 4
        && file.get(at) == 0x7f
        && file.get(at + 1) == 'E'
        && file.get(at + 2) == 'L'
        && file.get(at + 3) == 'F';
  }

  public Width width() {
    return width;
  }

  public ByteOrder order() {
    return order;
  }

  /// `e_type`, for example [#TYPE_EXECUTABLE].
  public int type() {
    return type;
  }

  /// `e_machine`, for example [#MACHINE_RISCV].
  public int machine() {
    return machine;
  }

  /// `e_entry`: the virtual address of the first instruction.
  public long entry() {
    return entry;
  }

  /// `e_flags`: what they mean depends on the machine.
  public int flags() {
    return flags;
  }

  /// The program headers, in the file's order.
  public List<Segment> segments() {
    return segments;
  }

  /// The section headers, in the file's order, so that [Symbol#section()] is an index; empty if the
  /// file has none.
  public List<Section> sections() {
    return sections;
  }

  /// All named symbols of the symbol table (of the dynamic one if the file was stripped), in the
  /// file's order.
  public List<Symbol> symbols() {
    return symbols;
  }

  /// The defined symbol of that name; a global one is preferred to a local one.
  public Optional<Symbol> symbol(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The defined functions by ascending address, for a disassembler's labels.
  public List<Symbol> functions() {
    return symbols.stream()
        .filter(symbol -> symbol.isFunction() && symbol.isDefined())
        .sorted(Comparator.comparing(Symbol::value, Long::compareUnsigned))
        .toList();
  }

  private static Map<String, Symbol> index(List<Symbol> symbols) {
    var index = new HashMap<String, Symbol>();
    for (Symbol symbol : symbols) {
      if (symbol.isDefined()) {
        index.merge(
            symbol.name(),
            symbol,
            (old, next) ->
                old.binding() == Symbol.LOCAL && next.binding() != Symbol.LOCAL ? next : old);
      }
    }
    return index;
  }
}
