package hospes.riscv;

import hospes.machine.TrapException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The control and status registers of a hart, by number. RISC-V Privileged ISA 20240411, 2.1.
final class CsrFile {
  /// One register.
  static final class Register {
    private final LongSupplier read;
    private LongSupplier update;
    private LongConsumer write = value -> {};
    private BooleanSupplier accessible = () -> true;

    private Register(LongSupplier read) {
      this.read = read;
      this.update = read;
    }

    /// What a write does; nothing, if not said.
    @SuppressWarnings("CanIgnoreReturnValueSuggester")
    Register write(LongConsumer newWrite) {
      write = newWrite;
      return this;
    }

    /// What setting and clearing bits starts from, where that is not what is read.
    @SuppressWarnings("CanIgnoreReturnValueSuggester")
    Register update(LongSupplier newUpdate) {
      update = newUpdate;
      return this;
    }

    /// When the register may be used at all, beside the privilege that its number asks for.
    @SuppressWarnings("CanIgnoreReturnValueSuggester")
    Register when(BooleanSupplier condition) {
      accessible = condition;
      return this;
    }
  }

  private static final int BLOCKS = 64;
  private static final int IN_BLOCK = 4096 / BLOCKS - 1;
  private static final @Nullable Register[] NO_REGISTERS = new @Nullable Register[IN_BLOCK + 1];

  private final Hart hart;

  /// The registers, in blocks of 64 numbers: most blocks have none.
  private final @Nullable Register[][] registers = new @Nullable Register[BLOCKS][];

  CsrFile(Hart hart) {
    this.hart = hart;
    Arrays.fill(registers, NO_REGISTERS);
  }

  /// Defines the register with this number.
  Register at(int number, LongSupplier read) {
    Register register = new Register(read);
    int block = number / (IN_BLOCK + 1);
    if (registers[block] == NO_REGISTERS) {
      registers[block] = new @Nullable Register[IN_BLOCK + 1];
    }
    registers[block][number & IN_BLOCK] = register;
    return register;
  }

  /// Reads a register. An access that is not allowed is an illegal instruction.
  long read(int number) {
    return find(number).read.getAsLong();
  }

  /// Writes a register; what it held before.
  long swap(int number, long value) {
    Register register = findWritable(number);
    long old = register.read.getAsLong();
    register.write.accept(value);
    return old;
  }

  /// Sets bits; what the register held before.
  long set(int number, long bits) {
    Register register = findWritable(number);
    long old = register.read.getAsLong();
    register.write.accept(register.update.getAsLong() | bits);
    return old;
  }

  /// Clears bits; what the register held before.
  long clear(int number, long bits) {
    Register register = findWritable(number);
    long old = register.read.getAsLong();
    register.write.accept(register.update.getAsLong() & ~bits);
    return old;
  }

  private Register findWritable(int number) {
    if (number >>> 10 == 3) {
      throw new TrapException(new RiscvTrap.IllegalInstruction());
    }
    return find(number);
  }

  private Register find(int number) {
    Register register = registers[number / (IN_BLOCK + 1)][number & IN_BLOCK];
    if (register == null
        || hart.mode() < (number >>> 8 & 3)
        || !register.accessible.getAsBoolean()) {
      throw new TrapException(new RiscvTrap.IllegalInstruction());
    }
    return register;
  }
}
