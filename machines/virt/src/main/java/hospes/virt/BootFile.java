package hospes.virt;

import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import hospes.machine.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a file is to the board, judged by its content.
sealed interface BootFile {
  /// A raw Linux kernel: the header of Documentation/arch/riscv/boot-image-header.rst.
  record LinuxImage() implements BootFile {}

  /// A kernel that starts in supervisor mode, above firmware.
  record SupervisorElf(ElfFile elf) implements BootFile {}

  /// A program that starts in machine mode, with nothing below it.
  record BareMetalElf(ElfFile elf) implements BootFile {}

  /// A flattened device tree.
  record DeviceTreeBlob() implements BootFile {}

  /// A cpio archive of the newer ASCII format, as initial RAM disks are.
  record CpioArchive() implements BootFile {}

  /// A program or kernel that the board cannot start.
  ///
  /// @param why what it is, and what to do, as the end of "FILE …"
  record Unusable(String why) implements BootFile {}

  /// Nothing that the board knows.
  record Unknown() implements BootFile {}

  /// Judges a file by its first bytes; an ELF file by all of it.
  static BootFile of(Content file) {
    byte[] header = file.first(Magic.HEADER);
    if (ElfFile.hasMagic(ByteBuffer.wrap(header))) {
      try {
        return of(ElfFile.parse(file.bytes()));
      } catch (FormatException damaged) {
        return new Unusable("is a damaged ELF file: " + damaged.getMessage());
      }
    }
    if (Magic.isIn(header, Magic.KERNEL, "RSC\u0005")) {
      return new LinuxImage();
    }
    if (Magic.isIn(header, Magic.KERNEL, "ARMd")) {
      return new Unusable("is a Linux Image for ARM; this computer is a riscv64");
    }
    if (Magic.isIn(header, 0, "MZ") && Magic.isIn(header, 4, "zimg")) {
      return new Unusable("is a compressed EFI kernel (zboot); use the uncompressed Image");
    }
    if (Magic.isIn(header, 0, "\u00d0\r\u00fe\u00ed")) {
      return new DeviceTreeBlob();
    }
    return Magic.isIn(header, 0, "070701") ? new CpioArchive() : new Unknown();
  }

  private static BootFile of(ElfFile elf) {
    if (elf.machine() != ElfFile.MACHINE_RISCV || elf.width() != ElfFile.Width.ELF64) {
      return new Unusable(
          "is an ELF file for another computer (machine %d, %s); this one is a riscv64"
              .formatted(elf.machine(), elf.width()));
    }
    if (elf.type() == ElfFile.TYPE_RELOCATABLE) {
      return new Unusable("is an object file; link it first");
    }
    if (elf.segments().stream().anyMatch(segment -> segment.type() == Segment.INTERPRETER)) {
      return new Unusable(
          "is a Linux program, which needs a system around it; put it into a guest's disk");
    }
    boolean isAboveFirmware =
        elf.segments().stream()
            .filter(Segment::isLoad)
            .allMatch(
                segment ->
                    Long.compareUnsigned(segment.physicalAddress(), BootSequence.NEXT_STAGE) >= 0);
    boolean isTest = elf.symbol("tohost").isPresent();
    return isAboveFirmware && !isTest ? new SupervisorElf(elf) : new BareMetalElf(elf);
  }

  /// Bytes by which files say what they are.
  final class Magic {
    private static final int HEADER = 64;

    /// Where kernels have theirs.
    private static final int KERNEL = 0x38;

    private Magic() {}

    private static boolean isIn(byte[] header, int at, String magic) {
      byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
      return header.length >= at + bytes.length
          && new String(header, at, bytes.length, StandardCharsets.ISO_8859_1).equals(magic);
    }
  }
}
