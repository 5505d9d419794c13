package hospes.cli;

import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What a file is, judged by its content.
sealed interface FileKind {
  /// A raw Linux kernel: the header of Documentation/arch/riscv/boot-image-header.rst.
  record LinuxImage() implements FileKind {}

  /// A program that starts in machine mode, with nothing below it.
  record BareMetalElf() implements FileKind {}

  /// A kernel that starts in supervisor mode, above firmware.
  record SupervisorElf() implements FileKind {}

  /// Nothing that can be run.
  ///
  /// @param why what it seems to be, and what to do, as the end of "FILE ..."
  record Unusable(String why) implements FileKind {}

  /// Judges a file.
  ///
  /// @throws FormatException where it is a damaged ELF file
  static FileKind of(byte[] content) throws FormatException {
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length == 0) {
      return new Unusable("is empty");
    }
    if (ElfFile.hasMagic(file)) {
      return Elf.judge(ElfFile.parse(file));
    }
    if (startsWith(content, 0x38, "RSC\u0005")) {
      return new LinuxImage();
    }
    if (startsWith(content, 0x38, "ARMd")) {
      return new Unusable("is a Linux Image for ARM; this computer is a riscv64");
    }
    if (startsWith(content, 0, "MZ") && startsWith(content, 4, "zimg")) {
      return new Unusable("is a compressed EFI kernel (zboot); use the uncompressed Image");
    }
    return Compressed.judge(content);
  }

  private static boolean startsWith(byte[] content, int at, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    if (content.length < at + bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (content[at + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /// ELF files.
  final class Elf {
    /// Where firmware puts the kernel on this board: 2 MiB above the start of RAM.
    private static final long KERNEL_BASE = 0x8020_0000L;

    private Elf() {}

    private static FileKind judge(ElfFile elf) {
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
      boolean aboveFirmware =
          elf.segments().stream()
              .filter(Segment::isLoad)
              .allMatch(
                  segment -> Long.compareUnsigned(segment.physicalAddress(), KERNEL_BASE) >= 0);
      boolean isTest = elf.symbol("tohost").isPresent();
      return aboveFirmware && !isTest ? new SupervisorElf() : new BareMetalElf();
    }
  }

  /// Files that have to be unpacked, or belong elsewhere.
  final class Compressed {
    private Compressed() {}

    private static FileKind judge(byte[] content) {
      if (startsWith(content, 0, "\u001f\u008b")) {
        return new Unusable("is compressed with gzip; unpack it with gunzip first");
      }
      if (startsWith(content, 0, "\u00fd7zXZ")) {
        return new Unusable("is compressed with xz; unpack it with unxz first");
      }
      if (startsWith(content, 0, "(\u00b5/\u00fd")) {
        return new Unusable("is compressed with zstd; unpack it with unzstd first");
      }
      if (startsWith(content, 0, "QFI\u00fb")) {
        return new Unusable(
            "is a qcow2 disk; convert it (qemu-img convert -O raw) and attach it with --drive");
      }
      if (startsWith(content, 0, "\u00d0\r\u00fe\u00ed")) {
        return new Unusable("is a device tree; give it with --dtb, next to a kernel");
      }
      if (startsWith(content, 0, "070701")) {
        return new Unusable("is a cpio archive; give it with --initrd, next to --kernel");
      }
      return new Unusable(
          "is neither an ELF file nor a Linux Image for RISC-V; give a raw program with --bios FILE"
              + " or --bios none --kernel FILE, a disk with --drive FILE");
    }
  }
}
