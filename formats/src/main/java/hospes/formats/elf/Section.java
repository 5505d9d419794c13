package hospes.formats.elf;

import java.nio.ByteBuffer;

/// A section header and the file bytes it covers. ELF-64 Object File Format, "Sections".
///
/// @param type `sh_type`, for example [#PROGBITS]
/// @param flags `sh_flags`
/// @param address `sh_addr`, the virtual address, or 0 if the section is not loaded
/// @param size `sh_size`, bytes in memory
/// @param data the bytes in the file, read only; empty for [#NOBITS]
public record Section(String name, int type, long flags, long address, long size, ByteBuffer data) {
  public static final int PROGBITS = 1;
  public static final int SYMTAB = 2;
  public static final int STRTAB = 3;
  public static final int NOBITS = 8;
  public static final int DYNSYM = 11;

  private static final long SHF_ALLOC = 2;
  private static final long SHF_EXECINSTR = 4;

  public Section {
    data = data.asReadOnlyBuffer().order(data.order());
  }

  /// The file bytes, as an independent read-only view with the file's byte order.
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(data.order());
  }

  /// Whether the section occupies memory when the program runs.
  public boolean isAllocated() {
    return (flags & SHF_ALLOC) != 0;
  }

  /// Whether the section holds instructions.
  public boolean isExecutable() {
    return (flags & SHF_EXECINSTR) != 0;
  }
}
