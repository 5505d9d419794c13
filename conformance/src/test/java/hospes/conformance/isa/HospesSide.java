package hospes.conformance.isa;

import hospes.engine.CodeCache;
import hospes.engine.InstructionTable;
import hospes.memory.DeviceAccess;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.riscv.Hart;
import hospes.riscv.Mode;
import hospes.riscv.RiscvDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Runs streams on a hart of ours, on bare memory.
final class HospesSide implements AutoCloseable {
  private static final int MORE_THAN_ENOUGH = 1_000_000;
  private static final long TRAP_STUB = Layout.RAM + 0x100;
  private static final long EXIT_STUB = Layout.RAM + 0x200;
  private static final int MSTATUS = 0x300;
  private static final int MTVEC = 0x305;
  private static final int MEPC = 0x341;
  private static final int MCAUSE = 0x342;
  private static final int MTVAL = 0x343;
  private static final long FLOATS_ON = 1 << 13;
  private static final long STUB_INSTRUCTIONS = 7;

  private final InstructionTable table;
  private final FramePool pool = new FramePool();
  private final FrameTable memory = new FrameTable(pool, Layout.RAM, Layout.RAM_BYTES);
  private final Hart hart;
  private final byte[] answer = new byte[Answer.BYTES];
  private long stub;
  private long executed;

  HospesSide(InstructionTable table) {
    this.table = table;
    CodeCache code = new CodeCache(new RiscvDecoder(), memory);
    hart = new Hart(0, memory, new NoDevices(), code, () -> 0, null);
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
    memory.write(Layout.CODE + stream.codeOffset(), code.bytes(), 0, code.bytes().length);
    memory.write(Layout.WINDOW, stream.window(), 0, Layout.WINDOW_BYTES);
    for (long[] state : stream.states()) {
      ByteBuffer bytes =
          ByteBuffer.allocate((Layout.STATE_WORDS + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asLongBuffer().put(state).put(EXIT_STUB);
      memory.write(Layout.STATE, bytes.array(), 0, bytes.capacity());
      hart.start(Mode.MACHINE, Layout.RAM, Layout.CODE + stream.codeOffset());
      executed += execute() - code.ownInstructions() - STUB_INSTRUCTIONS;
      if (hart.pc != EXIT_STUB + 4) {
        throw new Trapped(hart.x[5], hart.x[6], hart.x[7]);
      }
      afterRound.run();
    }
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
    memory.read(Layout.STATE, answer, 0, stateBytes);
    memory.read(Layout.WINDOW, answer, stateBytes, Layout.WINDOW_BYTES);
    return answer;
  }

  /// Machine code that starts a stream whose address is in a1, that is reached by traps, and that
  /// streams leave to.
  private void writeStubs() {
    stub = Layout.RAM;
    put("lui", "rd", 5, "imm", FLOATS_ON);
    put("csrrs", "rd", 0, "csr", MSTATUS, "rs1", 5);
    put("auipc", "rd", 5, "imm", 0);
    put("addi", "rd", 5, "rs1", 5, "imm", TRAP_STUB - Layout.RAM - 8);
    put("csrrw", "rd", 0, "csr", MTVEC, "rs1", 5);
    put("jalr", "rd", 0, "rs1", 11, "imm", 0);
    stub = TRAP_STUB;
    put("csrrs", "rd", 5, "csr", MEPC, "rs1", 0);
    put("csrrs", "rd", 6, "csr", MCAUSE, "rs1", 0);
    put("csrrs", "rd", 7, "csr", MTVAL, "rs1", 0);
    put("wfi");
    stub = EXIT_STUB;
    put("wfi");
  }

  private void put(String mnemonic, Object... operands) {
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < operands.length; i += 2) {
      values.put((String) operands[i], ((Number) operands[i + 1]).longValue());
    }
    memory.write(stub, Integer.BYTES, table.get(mnemonic).encode(values));
    stub += Integer.BYTES;
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
