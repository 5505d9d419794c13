package hospes.conformance.process;

import hospes.riscv.RiscvAssembler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// A bare-metal guest that says `ready` and then writes to its disk for ever: block after block of
/// 4 KiB, each full of the write's number, which also tells the block.
public final class DiskWriter {
  static final int BLOCK = 4096;
  static final int BLOCKS = 256;
  private static final int STRIDE = 37;

  private static final String PROGRAM =
      """
              .globl _start
      _start:
              li      s0, 0x10001000          # virtio block device, in the first slot
              sw      zero, 0x70(s0)
              li      t0, 1
              sw      t0, 0x70(s0)
              li      t0, 3
              sw      t0, 0x70(s0)
              li      t0, 1                   # VIRTIO_F_VERSION_1
              sw      t0, 0x24(s0)
              sw      t0, 0x20(s0)
              sw      zero, 0x24(s0)
              li      t0, 0x200               # VIRTIO_BLK_F_FLUSH
              sw      t0, 0x20(s0)
              li      t0, 11
              sw      t0, 0x70(s0)
              sw      zero, 0x30(s0)
              li      t0, 8
              sw      t0, 0x38(s0)
              li      s2, 0x80100000          # descriptors
              sw      s2, 0x80(s0)
              sw      zero, 0x84(s0)
              li      s3, 0x80101000          # available ring
              sw      s3, 0x90(s0)
              sw      zero, 0x94(s0)
              li      s4, 0x80102000          # used ring
              sw      s4, 0xa0(s0)
              sw      zero, 0xa4(s0)
              li      t0, 1
              sw      t0, 0x44(s0)
              li      t0, 15
              sw      t0, 0x70(s0)

              li      s5, 0x80103000          # headers: to write at 0, to flush at 32
              li      t0, 1
              sw      t0, 0(s5)
              li      t0, 4
              sw      t0, 32(s5)
              li      s6, 0x80104000          # data
              sd      s5, 0(s2)
              li      t0, 0x0001000100000010
              sd      t0, 8(s2)
              sd      s6, 16(s2)
              li      t0, 0x0002000100001000
              sd      t0, 24(s2)
              addi    t0, s5, 64
              sd      t0, 32(s2)
              li      t0, 0x0000000200000001
              sd      t0, 40(s2)
              addi    t0, s5, 32
              sd      t0, 48(s2)
              li      t0, 0x0004000100000010
              sd      t0, 56(s2)
              addi    t0, s5, 64
              sd      t0, 64(s2)
              li      t0, 0x0000000200000001
              sd      t0, 72(s2)

              li      t0, 0x10000000
              la      t2, ready
      print:  lbu     t1, 0(t2)
              beqz    t1, begin
              sb      t1, 0(t0)
              addi    t2, t2, 1
              j       print

      begin:  li      s1, 0
      next:   addi    s1, s1, 1
              mv      t0, s6
              li      t1, 512
      fill:   sd      s1, 0(t0)
              addi    t0, t0, 8
              addi    t1, t1, -1
              bnez    t1, fill
              li      t0, 37
              mul     t0, t0, s1
              andi    t0, t0, 255
              slli    t0, t0, 3
              sd      t0, 8(s5)
              li      a0, 0
              call    submit
              andi    t0, s1, 63
              bnez    t0, pause
              li      a0, 3
              call    submit
      pause:  li      t0, 10000
      wait:   addi    t0, t0, -1
              bnez    t0, wait
              j       next

      submit: lhu     t1, 2(s3)
              andi    t2, t1, 7
              slli    t2, t2, 1
              add     t2, t2, s3
              sh      a0, 4(t2)
              addi    t1, t1, 1
              sh      t1, 2(s3)
              lhu     t1, 2(s3)
              sw      zero, 0x50(s0)
      used:   lhu     t2, 2(s4)
              bne     t1, t2, used
              lbu     t1, 64(s5)              # all that became of them is in s7
              li      t2, 31
              mul     s7, s7, t2
              add     s7, s7, t1
              ret

      ready:  .asciz "ready\\n"
      """;

  private DiskWriter() {}

  /// Writes the program to a file.
  public static Path program(Path folder) throws IOException {
    return Files.write(
        folder.resolve("writer.elf"),
        RiscvAssembler.toElf(RiscvAssembler.assemble(0x8000_0000L, "writer", PROGRAM)));
  }

  /// An empty disk.
  public static Path disk(Path folder) throws IOException {
    return Files.write(folder.resolve("disk.img"), new byte[BLOCK * BLOCKS]);
  }

  /// What is wrong with the content of a disk that only such guests wrote; empty where nothing is.
  static String problem(byte[] content) {
    if (content.length != BLOCK * BLOCKS) {
      return "it has %d bytes".formatted(content.length);
    }
    ByteBuffer words = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < BLOCKS; block++) {
      long number = words.getLong(block * BLOCK);
      if (number != 0 && (number * STRIDE & BLOCKS - 1) != block) {
        return "block %d holds write %d".formatted(block, number);
      }
      for (int at = 0; at < BLOCK; at += Long.BYTES) {
        if (words.getLong(block * BLOCK + at) != number) {
          return "block %d holds more than one write".formatted(block);
        }
      }
    }
    return "";
  }

  /// The number of the last write on a disk.
  static long lastWrite(byte[] content) {
    ByteBuffer words = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long last = 0;
    for (int block = 0; block < BLOCKS; block++) {
      last = Math.max(last, words.getLong(block * BLOCK));
    }
    return last;
  }
}
