package hospes.riscv.fp;

import static hospes.riscv.fp.BinaryFormat.BINARY32;
import static hospes.riscv.fp.BinaryFormat.BINARY64;
import static hospes.riscv.fp.FloatStatus.NX;
import static hospes.riscv.fp.Rounding.RNE;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The host's answers, and what they leave undetermined, against integer arithmetic: whichever path
/// is taken must not show.
class FastPathTest {
  private static final long SEED = 754;
  private static final int RANDOM_OF_EACH_KIND = 20_000;

  enum Operation {
    ADD(FloatInstruction.fadd_d, FloatInstruction.fadd_s),
    SUBTRACT(FloatInstruction.fsub_d, FloatInstruction.fsub_s),
    MULTIPLY(FloatInstruction.fmul_d, FloatInstruction.fmul_s),
    DIVIDE(FloatInstruction.fdiv_d, FloatInstruction.fdiv_s),
    SQUARE_ROOT(FloatInstruction.fsqrt_d, FloatInstruction.fsqrt_s),
    FUSED_MULTIPLY_ADD(FloatInstruction.fmadd_d, FloatInstruction.fmadd_s);

    private final FloatInstruction doublePrecision;
    private final FloatInstruction singlePrecision;

    Operation(FloatInstruction doublePrecision, FloatInstruction singlePrecision) {
      this.doublePrecision = doublePrecision;
      this.singlePrecision = singlePrecision;
    }

    private long exact(long a, long b, long c, FloatStatus status, BinaryFormat format) {
      return switch (this) {
        case ADD -> ExactArithmetic.add(a, b, RNE, status, format);
        case SUBTRACT -> ExactArithmetic.add(a, b ^ format.signBit(), RNE, status, format);
        case MULTIPLY -> ExactArithmetic.multiply(a, b, RNE, status, format);
        case DIVIDE -> ExactArithmetic.divide(a, b, RNE, status, format);
        case SQUARE_ROOT -> ExactArithmetic.squareRoot(a, RNE, status, format);
        case FUSED_MULTIPLY_ADD -> ExactArithmetic.fusedMultiplyAdd(a, b, c, RNE, status, format);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void doublePrecisionAgreesWithIntegerArithmetic(Operation operation) {
    compare(operation, operation.doublePrecision, BINARY64);
  }

  @ParameterizedTest
  @EnumSource
  void singlePrecisionAgreesWithIntegerArithmetic(Operation operation) {
    compare(operation, operation.singlePrecision, BINARY32);
  }

  private static void compare(Operation operation, FloatInstruction fast, BinaryFormat format) {
    long[] operands = Operands.numbers(format, SEED, RANDOM_OF_EACH_KIND);
    long allBits = format.signBit() | (format.signBit() - 1);
    FloatStatus exactStatus = new FloatStatus();
    FloatStatus status = new FloatStatus();
    for (int i = 0; i < operands.length; i += 3) {
      long a = operands[i];
      long b = operands[i + 1];
      long c = operands[i + 2];
      exactStatus.flags = 0;
      long exact = operation.exact(a, b, c, exactStatus, format);
      for (int before = 0; before <= NX; before++) {
        status.flags = before;
        long result = fast.execute(a, b, c, RNE, status) & allBits;
        if (result != exact || status.flags != (exactStatus.flags | before)) {
          fail(
              "%s of %x, %x, %x with flags %x: %x, flags %x, but exactly %x, %x"
                  .formatted(
                      fast.assemblyName(),
                      a,
                      b,
                      c,
                      before,
                      result,
                      status.flags,
                      exact,
                      exactStatus.flags | before));
        }
      }
    }
  }
}
