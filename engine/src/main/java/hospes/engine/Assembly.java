package hospes.engine;

import java.util.List;
import java.util.Optional;

/// An assembled program: its sections at their final addresses, and its symbols.
///
/// @param base the address of the first section
/// @param sections the sections that are not empty, by ascending address
/// @param symbols labels and constants, in the order of their definition; local numeric labels left
///     out
public record Assembly(long base, List<Section> sections, List<Symbol> symbols) {
  /// A section.
  ///
  /// @param name its name, such as `.text`
  /// @param address where it begins
  /// @param bytes its content; empty for a `.bss` section
  /// @param size its size in memory
  public record Section(String name, long address, byte[] bytes, long size) {
    /// Whether it holds instructions.
    public boolean isExecutable() {
      return name.startsWith(".text");
    }

    /// Whether it is to be written to.
    public boolean isWritable() {
      return !isExecutable() && !name.startsWith(".rodata");
    }
  }

  /// A name with its value.
  ///
  /// @param meaning what the value is
  /// @param visibility whether other programs may see it
  public record Symbol(String name, long value, Meaning meaning, Visibility visibility) {}

  /// What a symbol's value is.
  public enum Meaning {
    /// An address in the program.
    LABEL,
    /// A number that `.equ` gave.
    CONSTANT
  }

  /// Who may see a symbol.
  public enum Visibility {
    LOCAL,
    /// Named in a `.globl`.
    GLOBAL
  }

  public Assembly {
    sections = List.copyOf(sections);
    symbols = List.copyOf(symbols);
  }

  /// The bytes from [#base] to the end of the last section that has content.
  public byte[] image() {
    long end = base;
    for (Section section : sections) {
      if (section.bytes().length > 0) {
        end = section.address() + section.bytes().length;
      }
    }
    byte[] image = new byte[(int) (end - base)];
    for (Section section : sections) {
      System.arraycopy(
          section.bytes(), 0, image, (int) (section.address() - base), section.bytes().length);
    }
    return image;
  }

  /// The symbol of that name.
  public Optional<Symbol> symbol(String name) {
    return symbols.stream().filter(symbol -> symbol.name().equals(name)).findFirst();
  }

  /// The value of a symbol that must be there.
  ///
  /// @throws IllegalArgumentException where the program does not define it
  public long valueOf(String name) {
    return symbol(name)
        .map(Symbol::value)
        .orElseThrow(() -> new IllegalArgumentException("the program defines no '" + name + "'"));
  }

  /// Where the program starts: at `_start` if it defines it, else at its base.
  public long entry() {
    return symbol("_start").map(Symbol::value).orElse(base);
  }
}
