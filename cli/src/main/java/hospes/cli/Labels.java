package hospes.cli;

import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Symbol;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The names in a section of code, and where it holds data (RISC-V ELF psABI, "Mapping Symbol").
final class Labels {
  private enum Content {
    CODE,
    DATA
  }

  private static final int SECTION = 3;
  private static final int SOURCE_FILE = 4;

  private final NavigableMap<Long, Symbol> symbols = new TreeMap<>(Long::compareUnsigned);
  private final NavigableMap<Long, Content> contents = new TreeMap<>(Long::compareUnsigned);

  private Labels() {}

  /// The names in the section with that index.
  static Labels of(ElfFile elf, int section) {
    Labels labels = new Labels();
    for (Symbol symbol : elf.symbols()) {
      if (symbol.section() == section) {
        labels.add(symbol);
      }
    }
    return labels;
  }

  private void add(Symbol symbol) {
    if (symbol.name().startsWith("$x")) {
      contents.put(symbol.value(), Content.CODE);
    } else if (symbol.name().startsWith("$d")) {
      contents.put(symbol.value(), Content.DATA);
    } else if (symbol.type() != SECTION
        && symbol.type() != SOURCE_FILE
        && !symbol.name().startsWith(".L")) {
      symbols.merge(symbol.value(), symbol, (old, next) -> rank(next) > rank(old) ? next : old);
    }
  }

  /// Of several names for a place, objdump shows a function's rather than a label's, and a global
  /// one's rather than a local one's.
  private static int rank(Symbol symbol) {
    int binding =
        switch (symbol.binding()) {
          case Symbol.GLOBAL -> 2;
          case Symbol.WEAK -> 1;
          default -> 0;
        };
    return binding * 2 + (symbol.isFunction() ? 1 : 0);
  }

  /// The name of a place.
  Optional<String> at(long address) {
    return Optional.ofNullable(symbols.get(address)).map(Symbol::name);
  }

  /// Whether a place has a name.
  boolean isLabel(long address) {
    return symbols.containsKey(address);
  }

  /// The next place with a name or another kind of content; [Long#MAX_VALUE] where there is none.
  long next(long address) {
    Long name = symbols.higherKey(address);
    Long content = contents.higherKey(address);
    return Math.min(
        name == null ? Long.MAX_VALUE : name, content == null ? Long.MAX_VALUE : content);
  }

  /// Whether a place holds data rather than instructions.
  boolean isData(long address) {
    Entry<Long, Content> last = contents.floorEntry(address);
    return last != null && last.getValue() == Content.DATA;
  }

  /// How a branch's target is written: `80000010 <loop+0x4>`.
  String target(long address) {
    Entry<Long, Symbol> before = symbols.floorEntry(address);
    String number = Long.toHexString(address);
    if (before == null) {
      return number;
    }
    long distance = address - before.getKey();
    String name = before.getValue().name();
    return distance == 0
        ? "%s <%s>".formatted(number, name)
        : "%s <%s+0x%x>".formatted(number, name, distance);
  }
}
