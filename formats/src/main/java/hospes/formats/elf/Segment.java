package hospes.formats.elf;

import java.nio.ByteBuffer;

/// A program header and the file bytes it covers. ELF-64 Object File Format, "Program header
/// table".
///
/// @param type `p_type`, for example [#LOAD]
/// @param flags `p_flags`: bits [#EXECUTE], [#WRITE], [#READ]
/// @param virtualAddress `p_vaddr`
/// @param physicalAddress `p_paddr`: where a bare-metal loader puts the bytes
/// @param memorySize `p_memsz`, bytes; what exceeds the data is to be zeroed
/// @param data `p_filesz` bytes of the file, read only
public record Segment(
    int type,
    int flags,
    long virtualAddress,
    long physicalAddress,
    long memorySize,
    ByteBuffer data) {
  /// `PT_LOAD`: the segment is to be loaded.
  public static final int LOAD = 1;

  /// `PT_DYNAMIC`: the program needs a dynamic linker.
  public static final int DYNAMIC = 2;

  /// `PT_INTERP`: the program names its interpreter, so it is a program for an operating system.
  public static final int INTERPRETER = 3;

  public static final int EXECUTE = 1;
  public static final int WRITE = 2;
  public static final int READ = 4;

  public Segment {
    data = data.asReadOnlyBuffer().order(data.order());
  }

  /// The file bytes, as an independent read-only view with the file's byte order.
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(data.order());
  }

  /// Whether the segment is to be loaded.
  public boolean isLoad() {
    return type == LOAD;
  }
}
