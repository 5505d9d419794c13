package hospes.devices;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.List;

/// The platform-level interrupt controller (RISC-V PLIC Specification 1.0.0), laid out as QEMU's
/// `virt` has it: contexts 2 × hart for M-mode and 2 × hart + 1 for S-mode.
///
/// | offset | register |
/// |---|---|
/// | 0x000000 + 4 × source | priority, 0 (never) to 7 |
/// | 0x001000 | pending, a bit for each source; read-only |
/// | 0x002000 + 0x80 × context | enable, a bit for each source |
/// | 0x200000 + 0x1000 × context | threshold |
/// | 0x200004 + 0x1000 × context | claim (read), completion (write) |
///
/// Each source has a gateway for level-triggered lines (chapter 2.2): a high line becomes one
/// pending request, and the next one is let through only after the first was completed. A request
/// that was let through stays, even if the line falls before it is claimed.
public final class Plic extends RegisterDevice {
  /// Addresses that the device takes.
  public static final long SIZE = 0x600000;

  /// Number of sources, the non-existent source 0 counted.
  public static final int SOURCES = 96;

  private static final int WORDS = SOURCES / Integer.SIZE;
  private static final int MAX_PRIORITY = 7;

  private final List<HartLines> harts;
  private final int contexts;
  private final int[] priority = new int[SOURCES];
  private final int[] level = new int[WORDS];
  private final int[] pending = new int[WORDS];
  private final int[] claimed = new int[WORDS];
  private final int[][] enable;
  private final int[] threshold;

  /// A PLIC with two contexts for each hart.
  public Plic(String name, List<HartLines> harts) {
    super(name);
    this.harts = List.copyOf(harts);
    contexts = 2 * harts.size();
    enable = new int[contexts][WORDS];
    threshold = new int[contexts];
    registers
        .at(0x000000, "PRIORITY")
        .times(SOURCES)
        .readWrite(source -> priority[source], this::setPriority);
    registers.at(0x001000, "PENDING").times(WORDS).readOnly(word -> pending[word]);
    for (int i = 0; i < contexts; i++) {
      int context = i;
      registers
          .at(0x002000 + 0x80L * context, "ENABLE")
          .times(WORDS)
          .readWrite(
              word -> enable[context][word], (word, value) -> setEnable(context, word, value));
      registers
          .at(0x200000 + 0x1000L * context, "THRESHOLD")
          .readWrite(() -> threshold[context], value -> setThreshold(context, value));
      registers
          .at(0x200004 + 0x1000L * context, "CLAIM")
          .port(() -> claim(context), source -> complete(context, source));
    }
  }

  /// The line of a source.
  ///
  /// @param source 1 to [#SOURCES] - 1
  public InterruptLine line(int source) {
    if (source < 1 || source >= SOURCES) {
      throw new IllegalArgumentException("the PLIC has no source " + source);
    }
    return asserted -> setLevel(source, asserted);
  }

  private static boolean isSet(int[] bits, int source) {
    return (bits[source / Integer.SIZE] >>> source & 1) != 0;
  }

  // Shifts count modulo 32, so a source's number needs no masking.
  private static void put(int[] bits, int source, boolean value) {
    int bit = 1 << source;
    if (value) {
      bits[source / Integer.SIZE] |= bit;
    } else {
      bits[source / Integer.SIZE] &= ~bit;
    }
  }

  private void setLevel(int source, Level asserted) {
    boolean high = asserted == Level.HIGH;
    if (isSet(level, source) == high) {
      return;
    }
    put(level, source, high);
    if (high && !isSet(claimed, source)) {
      put(pending, source, true);
      update();
    }
  }

  private void setPriority(int source, long value) {
    if (source != 0) {
      priority[source] = (int) value & MAX_PRIORITY;
      update();
    }
  }

  private void setEnable(int context, int word, long value) {
    enable[context][word] = (int) value & (word == 0 ? ~1 : ~0);
    update();
  }

  private void setThreshold(int context, long value) {
    threshold[context] = (int) value & MAX_PRIORITY;
    update();
  }

  /// The enabled pending source with the highest priority, the lowest number among equals; 0 where
  /// there is none.
  private int best(int context) {
    int best = 0;
    for (int word = 0; word < WORDS; word++) {
      for (int bits = pending[word] & enable[context][word]; bits != 0; bits &= bits - 1) {
        int source = word * Integer.SIZE + Integer.numberOfTrailingZeros(bits);
        if (priority[source] > priority[best]) {
          best = source;
        }
      }
    }
    return best;
  }

  // A claim does not look at the threshold (chapter 8).
  private int claim(int context) {
    int source = best(context);
    if (source != 0) {
      put(pending, source, false);
      put(claimed, source, true);
      update();
    }
    return source;
  }

  // A completion of what is not enabled for the context is ignored (chapter 9). One of what nobody
  // claimed opens a gateway that is open.
  private void complete(int context, long value) {
    if (value < 1 || value >= SOURCES) {
      return;
    }
    int source = (int) value;
    if (isSet(enable[context], source) && isSet(claimed, source)) {
      put(claimed, source, false);
      if (isSet(level, source)) {
        put(pending, source, true);
      }
      update();
    }
  }

  private void update() {
    for (int context = 0; context < contexts; context++) {
      boolean asks = priority[best(context)] > threshold[context];
      HartInterrupt wire =
          context % 2 == 0 ? HartInterrupt.MACHINE_EXTERNAL : HartInterrupt.SUPERVISOR_EXTERNAL;
      harts.get(context / 2).set(wire, Level.of(asks));
    }
  }

  @Override
  public DeviceBinding binding() {
    return new DeviceBinding("plic", "sifive,plic-1.0.0", "riscv,plic0");
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    putInts(out, priority);
    putInts(out, level);
    putInts(out, pending);
    putInts(out, claimed);
    for (int[] words : enable) {
      putInts(out, words);
    }
    putInts(out, threshold);
  }

  @Override
  public void restore(RecordReader in) {
    getInts(in, priority, MAX_PRIORITY);
    getInts(in, level, ~0);
    getInts(in, pending, ~0);
    getInts(in, claimed, ~0);
    for (int[] words : enable) {
      getInts(in, words, ~0);
    }
    getInts(in, threshold, MAX_PRIORITY);
  }

  private static void putInts(RecordWriter out, int[] values) {
    for (int value : values) {
      out.putInt(value);
    }
  }

  private static void getInts(RecordReader in, int[] values, int mask) {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getInt() & mask;
    }
  }
}
