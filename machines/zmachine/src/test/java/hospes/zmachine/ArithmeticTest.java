package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.machine.TrapException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Arithmetic on 16 bits, at its edges.
final class ArithmeticTest {
  @ParameterizedTest
  @CsvSource({"1, 2, 3", "0xffff, 1, 0", "0x7fff, 1, 0x8000", "0x8000, 0x8000, 0"})
  void additionWrapsAround(String a, String b, String sum) {
    assertEquals(n(sum), Arithmetic.add(n(a), n(b)));
    assertEquals(n(a), Arithmetic.sub(n(sum), n(b)));
  }

  @ParameterizedTest
  @CsvSource({"3, 5, 15", "0xffff, 5, 0xfffb", "0x100, 0x100, 0", "0xffff, 0xffff, 1"})
  void multiplicationWrapsAround(String a, String b, String product) {
    assertEquals(n(product), Arithmetic.mul(n(a), n(b)));
  }

  /// The examples of the standard, and the one division that overflows.
  @ParameterizedTest
  @CsvSource({
    "-11, 2, -5, -1",
    "-11, -2, 5, -1",
    "11, -2, -5, 1",
    "5, 5, 1, 0",
    "-5, -5, 1, 0",
    "13, -5, -2, 3",
    "-13, 5, -2, -3",
    "-13, -5, 2, -3",
    "-32768, -1, -32768, 0"
  })
  void divisionRoundsTowardsZero(int a, int b, int quotient, int remainder) {
    assertEquals(quotient & 0xffff, Arithmetic.div(a & 0xffff, b & 0xffff));
    assertEquals(remainder & 0xffff, Arithmetic.mod(a & 0xffff, b & 0xffff));
  }

  @Test
  void divisionByZeroTraps() {
    assertInstanceOf(
        ZTrap.DivisionByZero.class,
        assertThrows(TrapException.class, () -> Arithmetic.div(1, 0)).trap());
    assertInstanceOf(
        ZTrap.DivisionByZero.class,
        assertThrows(TrapException.class, () -> Arithmetic.mod(1, 0)).trap());
  }

  @Test
  void logicIsBitwise() {
    assertEquals(0xff0f, Arithmetic.or(0xf00f, 0x0f0f));
    assertEquals(0x000f, Arithmetic.and(0xf00f, 0x0f0f));
    assertEquals(0x0ff0, Arithmetic.not(0xf00f));
    assertEquals(0x0ff0, Arithmetic.notUntil4(0xf00f));
  }

  @ParameterizedTest
  @CsvSource({
    "0x8001, 1, 0x0002, 0x0002",
    "0x8001, -1, 0x4000, 0xc000",
    "0x8001, 15, 0x8000, 0x8000",
    "0x8001, -15, 0x0001, 0xffff",
    "0x8001, 0, 0x8001, 0x8001",
    "0x8001, 32767, 0, 0",
    "0x8001, -32768, 0, 0xffff"
  })
  void shiftsFillWithZerosOrTheSign(String a, int places, String logical, String arithmetic) {
    assertEquals(n(logical), Arithmetic.logShift(n(a), places & 0xffff));
    assertEquals(n(arithmetic), Arithmetic.artShift(n(a), places & 0xffff));
  }

  @Test
  void countingWrapsAround() {
    assertEquals(0, Arithmetic.inc(0xffff));
    assertEquals(0xffff, Arithmetic.dec(0));
  }

  private static int n(String number) {
    return Integer.decode(number);
  }
}
