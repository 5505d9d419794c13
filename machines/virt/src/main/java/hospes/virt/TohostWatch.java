package hospes.virt;

import hospes.engine.CodeCache;
import hospes.memory.FrameTable;
import java.util.function.IntConsumer;

/// Watches the word by which a program tells how its test ended, as the RISC-V tests do: writes to
/// its page go the slow way and are told to us.
final class TohostWatch {
  private static final int MAX_EXIT_CODE = 124;
  private static final long NOWHERE = -1;

  private final FrameTable memory;
  private final CodeCache codeCache;
  private final IntConsumer ended;
  private long address = NOWHERE;

  /// @param ended is given the exit code
  TohostWatch(FrameTable memory, CodeCache codeCache, IntConsumer ended) {
    this.memory = memory;
    this.codeCache = codeCache;
    this.ended = ended;
  }

  /// The word's address, or -1.
  long address() {
    return address;
  }

  /// Begins to watch a word, or none; a program may be loaded again elsewhere.
  ///
  /// @throws hospes.guests.RefusedException unless it is a doubleword in RAM
  void watch(long newAddress) {
    if (newAddress == NOWHERE) {
      address = NOWHERE;
      return;
    }
    if (!memory.contains(newAddress, Long.BYTES) || newAddress % Long.BYTES != 0) {
      throw VirtSpec.refused(
          "the symbol tohost (%#x) is not a doubleword in RAM; link the program for this board"
              .formatted(newAddress));
    }
    address = newAddress;
    arm();
    memory.watchCode(
        (written, length) -> {
          codeCache.written(written, length);
          arm();
          if (written < address + Long.BYTES && address < written + length) {
            read();
          }
        });
  }

  /// Makes writes go the slow way again, where it was forgotten.
  void arm() {
    if (address != NOWHERE) {
      memory.markCode(address);
    }
  }

  private void read() {
    long value = memory.read(address, Long.BYTES);
    if ((value & 1) != 0) {
      ended.accept((int) Math.min(value >>> 1, MAX_EXIT_CODE));
    }
  }
}
