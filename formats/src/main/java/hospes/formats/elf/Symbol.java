package hospes.formats.elf;

/// A symbol table entry. ELF-64 Object File Format, "Symbol table".
///
/// @param value `st_value`, an address in an executable
/// @param size `st_size`, bytes, or 0 if unknown
/// @param type the low four bits of `st_info`, for example [#FUNCTION]
/// @param binding the high four bits of `st_info`, for example [#GLOBAL]
/// @param section `st_shndx`, the index into [ElfFile#sections()], or a reserved value such as
/// [#UNDEFINED]
public record Symbol(String name, long value, long size, int type, int binding, int section) {
  public static final int NO_TYPE = 0;
  public static final int OBJECT = 1;
  public static final int FUNCTION = 2;
  public static final int LOCAL = 0;
  public static final int GLOBAL = 1;
  public static final int WEAK = 2;
  public static final int UNDEFINED = 0;
  public static final int ABSOLUTE = 0xfff1;

  /// Whether this file gives the symbol its value.
  public boolean isDefined() {
    return section != UNDEFINED;
  }

  /// Whether the symbol names a function.
  public boolean isFunction() {
    return type == FUNCTION;
  }
}
