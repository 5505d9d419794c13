package hospes.conformance.isa;

import hospes.conformance.tiers.Tier;
import hospes.engine.CodeCache;
import hospes.engine.InstructionTable;
import hospes.memory.DeviceAccess;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.riscv.Hart;
import hospes.riscv.Mode;
import hospes.riscv.RiscvCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Runs streams on a hart of ours.
final class HospesSide implements AutoCloseable {
  /// How the hart sees memory.
  enum Addressing {
    /// In M-mode, as it is.
    BARE,
    /// In U-mode, through Sv39 page tables: neighbouring pages are far apart and in reverse order.
    TRANSLATED
  }

  /// What the board's clock says all the time.
  static final long TICKS = 123_456_789_012L;

  private static final int MORE_THAN_ENOUGH = 1_000_000;
  private static final long TRAP_STUB = Layout.RAM + 0x100;
  private static final long CONSTANTS = Layout.RAM + 0x200;
  private static final long ROOT_TABLE = Layout.RAM + 0x1_0000;
  private static final long MIDDLE_TABLE = Layout.RAM + 0x1_1000;
  private static final long LOWEST_TABLES = Layout.RAM + 0x1_2000;
  private static final long LAST_PAGE = Layout.RAM + 0x3f_0000;
  private static final long EXIT = Layout.STATE + 0x1000;
  private static final int PAGE = 4096;
  private static final int POINTER_FLAGS = 0x01;
  private static final int LEAF_FLAGS = 0x1f;
  private static final int MSTATUS = 0x300;
  private static final int MTVEC = 0x305;
  private static final int MEPC = 0x341;
  private static final int MCAUSE = 0x342;
  private static final int MTVAL = 0x343;
  private static final int PMPCFG0 = 0x3a0;
  private static final int PMPADDR0 = 0x3b0;
  private static final int SATP = 0x180;
  private static final long SV39 = 8L << 60;
  private static final long FLOATS_ON = 1 << 13;
  private static final long PREVIOUS_MODE = 3 << 11;

  private final InstructionTable table;
  private final Addressing addressing;
  private final FramePool pool = new FramePool();
  private final FrameTable memory = new FrameTable(pool, Layout.RAM, Layout.RAM_BYTES);
  private final Hart hart;
  private final byte[] answer = new byte[Answer.BYTES];
  private int stubInstructions;
  private long stub;
  private long executed;

  HospesSide(InstructionTable table, Addressing addressing, Tier tier) {
    this.table = table;
    this.addressing = addressing;
    CodeCache code = RiscvCode.cache(memory, tier.engine());
    hart = new Hart(0, memory, new NoDevices(), code, () -> TICKS, null);
    if (addressing == Addressing.TRANSLATED) {
      writePageTables();
    }
    writeStubs();
  }

  /// Instructions of streams that were executed so far.
  long executed() {
    return executed;
  }

  /// What each round of a stream leaves.
  ///
  /// @throws Trapped if an instruction traps
  List<Answer> answers(Stream stream, StreamCode.Assembled code) {
    List<Answer> all = new ArrayList<>();
    run(stream, code, () -> all.add(Answer.of(readAnswer())));
    return all;
  }

  /// The digest of what each round leaves.
  ///
  /// @throws Trapped if an instruction traps
  long[] digests(Stream stream, StreamCode.Assembled code) {
    List<Long> all = new ArrayList<>();
    run(stream, code, () -> all.add(Answer.of(readAnswer()).digest()));
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  private void run(Stream stream, StreamCode.Assembled code, Runnable afterRound) {
    write(Layout.CODE + stream.codeOffset(), code.bytes());
    write(Layout.WINDOW, stream.window());
    for (long[] state : stream.states()) {
      ByteBuffer bytes =
          ByteBuffer.allocate((Layout.STATE_WORDS + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asLongBuffer().put(state).put(EXIT);
      write(Layout.STATE, bytes.array());
      hart.start(Mode.MACHINE, Layout.RAM, Layout.CODE + stream.codeOffset());
      executed += execute() - code.ownInstructions() - stubInstructions;
      if (hart.x[5] != EXIT) {
        throw new Trapped(hart.x[5], hart.x[6], hart.x[7]);
      }
      afterRound.run();
    }
  }

  private long physical(long address) {
    return switch (addressing) {
      case BARE -> address;
      case TRANSLATED -> LAST_PAGE - 2 * (address - Layout.CODE & -PAGE) + (address & PAGE - 1);
    };
  }

  private void write(long address, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      int part = partInPage(address + done, bytes.length - done);
      memory.write(physical(address + done), bytes, done, part);
      done += part;
    }
  }

  private void read(long address, int offset, int length) {
    int done = 0;
    while (done < length) {
      int part = partInPage(address + done, length - done);
      memory.read(physical(address + done), answer, offset + done, part);
      done += part;
    }
  }

  private static int partInPage(long address, int length) {
    return Math.min(length, PAGE - (int) (address & PAGE - 1));
  }

  /// Executes until a stub waits.
  private int execute() {
    int count = 0;
    while (hart.isRunnable() && count < MORE_THAN_ENOUGH) {
      count += hart.execute(MORE_THAN_ENOUGH);
    }
    return count;
  }

  private byte[] readAnswer() {
    int stateBytes = Layout.STATE_WORDS * Long.BYTES;
    read(Layout.STATE, 0, stateBytes);
    read(Layout.WINDOW, stateBytes, Layout.WINDOW_BYTES);
    return answer;
  }

  /// Sv39: all that the streams see lies in one gigabyte.
  private void writePageTables() {
    memory.write(ROOT_TABLE + index(Layout.CODE, 2), 8, entry(MIDDLE_TABLE, POINTER_FLAGS));
    for (long page = Layout.CODE; page <= EXIT; page += PAGE) {
      long lowest = LOWEST_TABLES + index(page, 1) / Long.BYTES * PAGE;
      memory.write(MIDDLE_TABLE + index(page, 1), 8, entry(lowest, POINTER_FLAGS));
      memory.write(lowest + index(page, 0), 8, entry(physical(page), LEAF_FLAGS));
    }
  }

  private static long index(long address, int level) {
    return (address >>> 12 + 9 * level & 511) * Long.BYTES;
  }

  private static long entry(long address, int flags) {
    return address >>> 12 << 10 | flags;
  }

  /// Machine code that starts a stream whose address is in a1, and that is reached by traps; a
  /// stream ends with one, too.
  private void writeStubs() {
    stub = Layout.RAM;
    put("auipc", "rd", 5, "imm", 0);
    put("addi", "rd", 6, "rs1", 5, "imm", TRAP_STUB - Layout.RAM);
    put("csrrw", "rd", 0, "csr", MTVEC, "rs1", 6);
    put("csrrw", "rd", 0, "csr", MEPC, "rs1", 11);
    constant(0, FLOATS_ON);
    put("csrrs", "rd", 0, "csr", MSTATUS, "rs1", 6);
    constant(1, PREVIOUS_MODE);
    switch (addressing) {
      case BARE -> put("csrrs", "rd", 0, "csr", MSTATUS, "rs1", 6);
      case TRANSLATED -> {
        put("csrrc", "rd", 0, "csr", MSTATUS, "rs1", 6);
        constant(2, SV39 | ROOT_TABLE >>> 12);
        put("csrrw", "rd", 0, "csr", SATP, "rs1", 6);
        put("sfence.vma", "rs1", 0, "rs2", 0);
        constant(3, -1);
        put("csrrw", "rd", 0, "csr", PMPADDR0, "rs1", 6);
        put("csrrwi", "rd", 0, "csr", PMPCFG0, "uimm", 0x1f);
      }
    }
    put("mret");
    stub = TRAP_STUB;
    put("csrrs", "rd", 5, "csr", MEPC, "rs1", 0);
    put("csrrs", "rd", 6, "csr", MCAUSE, "rs1", 0);
    put("csrrs", "rd", 7, "csr", MTVAL, "rs1", 0);
    put("wfi");
    stub = physical(EXIT);
    put("ecall");
  }

  /// Loads a constant into x6; x5 points to the start of RAM.
  private void constant(int number, long value) {
    memory.write(CONSTANTS + 8L * number, Long.BYTES, value);
    put("ld", "rd", 6, "rs1", 5, "imm", CONSTANTS - Layout.RAM + 8L * number);
  }

  private void put(String mnemonic, Object... operands) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < operands.length; i += 2) {
      values.put((String) operands[i], ((Number) operands[i + 1]).longValue());
    }
    memory.write(stub, Integer.BYTES, table.get(mnemonic).encode(values));
    stub += Integer.BYTES;
    stubInstructions++;
  }

  @Override
  public void close() {
    hart.close();
    pool.close();
  }

  /// An instruction of a stream trapped.
  static final class Trapped extends AssertionError {
    private static final long serialVersionUID = 1;

    final long address;
    final long cause;
    final long value;

    Trapped(long address, long cause, long value) {
      super("instruction at %x trapped with cause %d, value %x".formatted(address, cause, value));
      this.address = address;
      this.cause = cause;
      this.value = value;
    }
  }

  /// A machine without devices.
  private static final class NoDevices implements DeviceAccess {
    @Override
    public boolean answers(long physicalAddress, int bytes) {
      return false;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      throw new AssertionError("no device answers");
    }

    @Override
    public void write(long physicalAddress, int bytes, long value) {
      throw new AssertionError("no device answers");
    }
  }
}
