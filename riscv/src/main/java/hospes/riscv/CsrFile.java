package hospes.riscv;

import hospes.machine.TrapException;
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

  private final Hart hart;
  private final @Nullable Register[] registers = new @Nullable Register[4096];

  CsrFile(Hart hart) {
    this.hart = hart;
  }

  /// Defines the register with this number.
  Register at(int number, LongSupplier read) {
    Register register = new Register(read);
    registers[number] = register;
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
    Register register = registers[number];
    if (register == null
        || hart.mode() < (number >>> 8 & 3)
        || !register.accessible.getAsBoolean()) {
      throw new TrapException(new RiscvTrap.IllegalInstruction());
    }
    return register;
  }
}
