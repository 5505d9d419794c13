package hospes.virt;

import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import hospes.formats.elf.Symbol;
import hospes.guests.Problem.Remedy;
import hospes.guests.RefusedException;
import hospes.memory.FrameTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Puts kernel, initial RAM disk, device tree and firmware into memory, as QEMU's `virt` board
/// does.
final class BootLoader {
  /// What was loaded where.
  ///
  /// @param start the first address that it takes
  /// @param entry where to start it
  /// @param end the address behind it
  /// @param tohost where it says how its test ended, if it follows the convention of the RISC-V
  /// tests
  record Loaded(long start, long entry, long end, Optional<Long> tohost) {
    boolean overlaps(Loaded other) {
      return start < other.end && other.start < end;
    }
  }

  private static final long SUPERPAGE = 2L << 20;
  private static final int HEADER = 64;
  private static final int MAGIC_OFFSET = 56;
  private static final int TEXT_OFFSET = 8;
  private static final int IMAGE_SIZE = 16;
  private static final int MAGIC = 0x05435352;

  private final FrameTable memory;

  BootLoader(FrameTable memory) {
    this.memory = memory;
  }

  private long ramEnd() {
    return memory.base() + memory.size();
  }

  /// Loads an ELF file, a Linux image (behind the first 2 MiB, which are left to firmware), or raw
  /// bytes at `rawAddress`.
  Loaded load(String what, byte[] file, long rawAddress) {
    if (file.length == 0) {
      throw VirtSpec.refused("%s is an empty file; give another one".formatted(what));
    }
    if (ElfFile.hasMagic(ByteBuffer.wrap(file))) {
      return loadElf(what, file);
    }
    if (isLinuxImage(file)) {
      return loadLinux(file);
    }
    copy(what, rawAddress, file);
    return new Loaded(rawAddress, rawAddress, rawAddress + file.length, Optional.empty());
  }

  /// Whether a file has the header of a Linux image. Linux,
  /// Documentation/arch/riscv/boot-image-header.rst.
  static boolean isLinuxImage(byte[] file) {
    return file.length >= HEADER && header(file).getInt(MAGIC_OFFSET) == MAGIC;
  }

  private static ByteBuffer header(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Loaded loadLinux(byte[] file) {
    long address = memory.base() + Math.max(header(file).getLong(TEXT_OFFSET), 0);
    long size = Math.max(header(file).getLong(IMAGE_SIZE), file.length);
    if (!memory.contains(address, size)) {
      throw tooSmall("the kernel", size);
    }
    copy("the kernel", address, file);
    return new Loaded(address, address, address + size, Optional.empty());
  }

  private Loaded loadElf(String what, byte[] file) {
    ElfFile elf = parse(what, file);
    checkMachine(what, elf);
    long start = ramEnd();
    long end = memory.base();
    for (Segment segment : elf.segments()) {
      if (segment.isLoad() && segment.memorySize() > 0) {
        start = Math.min(start, segment.physicalAddress());
        end = Math.max(end, loadSegment(what, segment));
      }
    }
    if (end == memory.base()) {
      throw VirtSpec.refused(
          "%s is an ELF file with nothing to load; link it into an executable".formatted(what));
    }
    if (!memory.contains(elf.entry())) {
      throw VirtSpec.refused(
          "%s starts at %#x, where there is no RAM; link it for this board"
              .formatted(what, elf.entry()));
    }
    return new Loaded(start, elf.entry(), end, elf.symbol("tohost").map(Symbol::value));
  }

  private static void checkMachine(String what, ElfFile elf) {
    if (elf.machine() != ElfFile.MACHINE_RISCV) {
      throw VirtSpec.refused(
          "%s is an ELF file for another machine (number %d); this board runs 64-bit RISC-V"
              .formatted(what, elf.machine()));
    }
    if (elf.width() != ElfFile.Width.ELF64 || elf.order() != ByteOrder.LITTLE_ENDIAN) {
      throw VirtSpec.refused(
          "%s is for 32-bit or big-endian RISC-V; this board runs 64-bit, little-endian RISC-V"
              .formatted(what));
    }
  }

  private static ElfFile parse(String what, byte[] file) {
    try {
      return ElfFile.parse(file);
    } catch (FormatException damaged) {
      throw VirtSpec.refused("%s is a damaged ELF file: %s".formatted(what, damaged.getMessage()));
    }
  }

  private long loadSegment(String what, Segment segment) {
    long address = segment.physicalAddress();
    if (!memory.contains(address, segment.memorySize())) {
      throw VirtSpec.refused(
          "%s wants %#x bytes at %#x, but RAM is %#x to %#x; link it for this board, if it is not"
              .formatted(what, segment.memorySize(), address, memory.base(), ramEnd()),
          new Remedy.Raise(VirtOptions.MEMORY));
    }
    byte[] bytes = new byte[segment.data().remaining()];
    segment.data().get(bytes);
    memory.write(address, bytes, 0, bytes.length);
    return address + segment.memorySize();
  }

  /// Loads the initial RAM disk behind the kernel, below `limit`.
  VirtDeviceTree.Initrd loadInitrd(byte[] file, long kernelEnd, long limit) {
    long start =
        align(Math.max(kernelEnd, memory.base() + Math.min(memory.size() / 2, 128L << 20)));
    if (start + file.length > limit) {
      start = align(kernelEnd);
    }
    if (start + file.length > limit) {
      throw tooSmall("the initrd", file.length);
    }
    memory.write(start, file, 0, file.length);
    return new VirtDeviceTree.Initrd(start, start + file.length);
  }

  /// Where a device tree of at most `size` bytes goes: near the end of RAM, at most 3 GiB up.
  long deviceTreeAddress(int size) {
    long end = memory.base() + Math.min(memory.size(), 3L << 30);
    long address = (end - size) & -SUPERPAGE;
    if (address <= memory.base()) {
      throw tooSmall("the device tree", size);
    }
    return address;
  }

  void copy(String what, long address, byte[] bytes) {
    if (!memory.contains(address, bytes.length)) {
      throw tooSmall(what, bytes.length);
    }
    memory.write(address, bytes, 0, bytes.length);
  }

  private RefusedException tooSmall(String what, long size) {
    return VirtSpec.refused(
        "%s (%d MiB) does not fit into %d MiB of RAM"
            .formatted(what, size + (1 << 20) - 1 >> 20, memory.size() >> 20),
        new Remedy.Raise(VirtOptions.MEMORY));
  }

  private static long align(long address) {
    return address + SUPERPAGE - 1 & -SUPERPAGE;
  }
}
