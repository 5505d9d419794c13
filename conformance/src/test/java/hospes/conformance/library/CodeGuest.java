package hospes.conformance.library;

import hospes.engine.CodeCache;
import hospes.engine.EngineSettings;
import hospes.engine.EngineStatistics;
import hospes.memory.DeviceAccess;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.riscv.Hart;
import hospes.riscv.Mode;
import hospes.riscv.RiscvAssembler;
import hospes.riscv.RiscvCode;

/// A hart and memory: enough of a guest to execute code in.
final class CodeGuest implements AutoCloseable {
  static final long RAM = 0x8000_0000L;
  static final long PAGE = 4096;

  private static final long RAM_BYTES = 4 << 20;
  private static final int SLICE = 10_000;
  private static final long MOST_INSTRUCTIONS = 100_000_000_000L;

  private final FramePool pool = new FramePool();
  private final FrameTable memory = new FrameTable(pool, RAM, RAM_BYTES);
  private final CodeCache code;
  private final Hart hart;

  CodeGuest(EngineSettings engine) {
    code = RiscvCode.cache(memory, engine);
    hart = new Hart(0, memory, new NoDevices(), code, () -> 0, null);
  }

  /// Writes a program.
  void put(long address, String text) {
    byte[] image = RiscvAssembler.assemble(address, "program", text).image();
    memory.write(address, image, 0, image.length);
  }

  /// Executes a program in M-mode, with `argument` in a1, until it waits for an interrupt; answers
  /// a0.
  long run(long address, long argument) {
    hart.start(Mode.MACHINE, address, argument);
    long before = hart.executed();
    while (hart.isRunnable()) {
      hart.execute(SLICE);
      if (hart.executed() - before > MOST_INSTRUCTIONS) {
        throw new AssertionError("the program does not end");
      }
    }
    return hart.x[10];
  }

  /// Instructions executed so far.
  long executed() {
    return hart.executed();
  }

  EngineStatistics.Regions statistics() {
    return code.statistics().regions();
  }

  @Override
  public void close() {
    hart.close();
    pool.close();
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
