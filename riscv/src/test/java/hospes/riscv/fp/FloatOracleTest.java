package hospes.riscv.fp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every operation against QEMU: result and flags, with each rounding mode, with flags clear and
/// with inexact already raised (which takes other paths).
class FloatOracleTest {
  private static final int ROUNDED = 5;
  private static final int UNROUNDED = 1;
  private static final int RANDOM_OF_EACH_KIND = 12_000;
  private static final long SEED = 20240411;

  @TestFactory
  Stream<DynamicTest> agreesWithQemu(@TempDir Path directory) throws IOException {
    FloatOracle oracle = new FloatOracle(directory);
    OperandFile doubles =
        operandFile(
            oracle, "doubles", Operands.numbers(BinaryFormat.BINARY64, SEED, RANDOM_OF_EACH_KIND));
    OperandFile singles =
        operandFile(
            oracle, "singles", Operands.numbers(BinaryFormat.BINARY32, SEED, RANDOM_OF_EACH_KIND));
    OperandFile integers = operandFile(oracle, "integers", Operands.integers(SEED, 30_000));
    return Stream.of(FloatInstruction.values())
        .map(
            instruction ->
                DynamicTest.dynamicTest(
                    instruction.assemblyName(),
                    () ->
                        compare(
                            oracle,
                            instruction,
                            switch (instruction.source()) {
                              case DOUBLE -> doubles;
                              case SINGLE -> singles;
                              case INTEGER -> integers;
                            })));
  }

  @Test
  void theOperandsMakeAtLeastTenMillionOperations() {
    long triples = Operands.numbers(BinaryFormat.BINARY64, SEED, RANDOM_OF_EACH_KIND).length / 3;
    long operations = 0;
    for (FloatInstruction instruction : FloatInstruction.values()) {
      if (instruction.source() != FloatInstruction.Source.INTEGER) {
        operations += triples * modes(instruction);
      }
    }
    assertTrue(operations >= 10_000_000, "only " + operations);
  }

  private record OperandFile(Path path, long[] operands) {}

  private static OperandFile operandFile(FloatOracle oracle, String name, long[] operands)
      throws IOException {
    return new OperandFile(oracle.write(name, operands), operands);
  }

  private static int modes(FloatInstruction instruction) {
    return switch (instruction.rounding()) {
      case ROUNDED -> ROUNDED;
      case UNROUNDED -> UNROUNDED;
    };
  }

  private static void compare(FloatOracle oracle, FloatInstruction instruction, OperandFile file) {
    long[] operands = file.operands();
    FloatOracle.Answers answers =
        oracle.execute(instruction.name(), modes(instruction), file.path());
    FloatStatus status = new FloatStatus();
    for (int rm = 0; rm < modes(instruction); rm++) {
      for (int i = 0; i < answers.triples(); i++) {
        long a = operands[3 * i];
        long b = operands[3 * i + 1];
        long c = operands[3 * i + 2];
        for (int before = 0; before <= FloatStatus.NX; before++) {
          status.flags = before;
          long result = instruction.execute(a, b, c, rm, status);
          if (result != answers.result(rm, i) || status.flags != (answers.flags(rm, i) | before)) {
            fail(
                "%s of %x, %x, %x in rounding mode %d with flags %x: %x, flags %x, but QEMU has %x, %x"
                    .formatted(
                        instruction.assemblyName(),
                        a,
                        b,
                        c,
                        rm,
                        before,
                        result,
                        status.flags,
                        answers.result(rm, i),
                        answers.flags(rm, i) | before));
          }
        }
      }
    }
  }
}
