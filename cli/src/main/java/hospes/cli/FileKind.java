package hospes.cli;

import hospes.formats.FormatException;
import hospes.formats.blorb.BlorbFile;
import hospes.formats.blorb.BlorbResource;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import hospes.zmachine.Story;
import hospes.zmachine.StoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a file is, judged by its content.
sealed interface FileKind {
  /// A raw Linux kernel: the header of Documentation/arch/riscv/boot-image-header.rst.
  record LinuxImage() implements FileKind {}

  /// A program that starts in machine mode, with nothing below it.
  record BareMetalElf() implements FileKind {}

  /// A kernel that starts in supervisor mode, above firmware.
  record SupervisorElf() implements FileKind {}

  /// A story for the Z-machine.
  ///
  /// @param container the Blorb file that it came in, if it did
  record ZCode(Story story, Optional<BlorbFile> container) implements FileKind {}

  /// Nothing that can be run.
  ///
  /// @param why what it seems to be, and what to do, as the end of "FILE ..."
  record Unusable(String why) implements FileKind {}

  /// Judges a file.
  ///
  /// @throws FormatException where it is a damaged ELF or Blorb file
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
    if (Stories.mayBeStory(content)) {
      return Stories.judge(content);
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

  /// Stories, bare or in a Blorb file.
  final class Stories {
    private static final int VERSION_6 = 6;
    private static final int MOST_VERSION = 8;
    private static final int SERIAL = 0x12;
    private static final int SERIAL_END = SERIAL + 6;

    private Stories() {}

    /// Whether a file begins as stories and Blorb files do. A bare story has no magic number, but
    /// the version first, and a serial code of printable characters.
    static boolean mayBeStory(byte[] start) {
      if (BlorbFile.hasMagic(start)) {
        return true;
      }
      if (start.length < SERIAL_END || start[0] < 1 || start[0] > MOST_VERSION) {
        return false;
      }
      for (int i = SERIAL; i < SERIAL_END; i++) {
        if (start[i] < ' ' || start[i] > '~') {
          return false;
        }
      }
      return true;
    }

    private static FileKind judge(byte[] content) throws FormatException {
      if (!BlorbFile.hasMagic(content)) {
        return bare(content, Optional.empty());
      }
      BlorbFile container = BlorbFile.parse(content);
      Optional<BlorbResource> story = container.executable();
      if (story.isEmpty()) {
        return new Unusable(
            "is a Blorb file without a story: it has what belongs to one that is a file of its own");
      }
      if (!story.get().type().equals("ZCOD")) {
        return new Unusable(
            "is a Blorb file with a story of kind '%s'; Hospes plays stories for the Z-machine"
                .formatted(Printable.text(story.get().type().strip())));
      }
      return bare(container.content(story.get()), Optional.of(container));
    }

    private static FileKind bare(byte[] content, Optional<BlorbFile> container) {
      try {
        return new ZCode(Story.of(content), container);
      } catch (StoryException e) {
        return new Unusable(
            content[0] == VERSION_6
                ? "cannot be played: " + e.getMessage()
                : "seems to be a story for the Z-machine, but " + e.getMessage());
      }
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
          "is neither an ELF file nor a Linux Image for RISC-V, nor a story; give a raw program with --bios FILE"
              + " or --bios none --kernel FILE, a disk with --drive FILE");
    }
  }
}
