package hospes.riscv;

import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The symbols of an ELF file by address, for a listing. Where several have the same address, the
/// best known is preferred: a function to an object, a global one to a weak one and that to a local
/// one, a large one to a small one.
final class SymbolMap {
  private static final int SECTION = 3;
  private static final int FILE = 4;
  private static final int COMMON = 0xfff2;

  /// What the GNU assembler calls places that need a relocation but have no name.
  private static final String ASSEMBLER_LABEL = ".L0 ";

  private static final Comparator<Symbol> ORDER =
      Comparator.comparing(Symbol::value, Long::compareUnsigned)
          .thenComparing(symbol -> symbol.type() != Symbol.FUNCTION)
          .thenComparing(symbol -> symbol.type() != Symbol.OBJECT)
          .thenComparing(symbol -> symbol.binding() != Symbol.GLOBAL)
          .thenComparing(symbol -> symbol.binding() != Symbol.WEAK)
          .thenComparing(Symbol::size, (a, b) -> Long.compareUnsigned(b, a))
          .thenComparing(symbol -> symbol.name().startsWith("."))
          .thenComparing(Symbol::name);

  private final List<Symbol> symbols;
  private final List<Symbol> mapping;
  private final boolean relocatable;

  SymbolMap(ElfFile file) {
    List<Symbol> named = new ArrayList<>();
    List<Symbol> marks = new ArrayList<>();
    for (Symbol symbol : file.symbols()) {
      if (isMapping(symbol.name())) {
        marks.add(symbol);
      } else if (isListed(symbol)) {
        named.add(symbol);
      }
    }
    named.sort(ORDER);
    marks.sort(Comparator.comparing(Symbol::value, Long::compareUnsigned));
    symbols = List.copyOf(named);
    mapping = List.copyOf(marks);
    relocatable = file.type() == ElfFile.TYPE_RELOCATABLE;
  }

  private static boolean isListed(Symbol symbol) {
    return symbol.isDefined()
        && symbol.section() != COMMON
        && symbol.type() != SECTION
        && symbol.type() != FILE
        && !symbol.name().isEmpty()
        && !symbol.name().equals(ASSEMBLER_LABEL);
  }

  /// Whether the symbol only tells code from data: `$x`, `$d`. RISC-V ABIs Specification 1.0,
  /// "Mapping Symbol".
  private static boolean isMapping(String name) {
    return name.equals("$d")
        || name.startsWith("$d.")
        || name.equals("$x")
        || name.startsWith("$x.")
        || name.startsWith("$xrv");
  }

  /// Whether the file has no symbols at all.
  boolean isEmpty() {
    return symbols.isEmpty() && mapping.isEmpty();
  }

  /// Where the symbols of a section begin a new part of its listing: the addresses, ascending.
  List<Long> starts(int section) {
    return symbols.stream()
        .filter(symbol -> symbol.section() == section)
        .map(Symbol::value)
        .distinct()
        .toList();
  }

  /// Where data begins or ends in a section: the mapping symbols by address.
  List<Symbol> mapping(int section) {
    return mapping.stream().filter(symbol -> symbol.section() == section).toList();
  }

  /// The symbol from which an address is best counted, as seen from a section of `size` bytes at
  /// `start`: in a file that was not linked, addresses are the section's own.
  Optional<Symbol> nearest(long address, int section, long start, long size) {
    int at = firstOfLast(address);
    if (relocatable && Long.compareUnsigned(address - start, size) < 0) {
      return nearestIn(section, address);
    }
    if (at < 0) {
      return symbols.stream().findFirst();
    }
    return Optional.of(sameAddressIn(section, at).orElse(symbols.get(at)));
  }

  /// The last symbol of a section that is not above an address, or else the first one.
  Optional<Symbol> nearestIn(int section, long address) {
    for (int i = firstOfLast(address); i >= 0; i = firstOfLast(symbols.get(i).value() - 1)) {
      Optional<Symbol> found = sameAddressIn(section, i);
      if (found.isPresent()) {
        return found;
      }
      if (symbols.get(i).value() == 0) {
        break;
      }
    }
    return firstIn(section);
  }

  private Optional<Symbol> sameAddressIn(int section, int first) {
    long value = symbols.get(first).value();
    for (int i = first; i < symbols.size() && symbols.get(i).value() == value; i++) {
      if (symbols.get(i).section() == section) {
        return Optional.of(symbols.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<Symbol> firstIn(int section) {
    return symbols.stream().filter(symbol -> symbol.section() == section).findFirst();
  }

  /// Index of the first symbol with the greatest address that is not above `address`; -1 if there
  /// is none.
  private int firstOfLast(long address) {
    int low = 0;
    int high = symbols.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(symbols.get(middle).value(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int at = low - 1;
    while (at > 0 && symbols.get(at - 1).value() == symbols.get(at).value()) {
      at--;
    }
    return at;
  }
}
