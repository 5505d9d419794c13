package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Random numbers: the same as frotz's after a seed, and unpredictable without.
final class RandomNumbersTest {
  private static List<Integer> numbers(RandomNumbers random, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(random.next(100));
    }
    return numbers;
  }

  /// What dfrotz 2.54 printed with `-s 7`.
  @Test
  void aSequenceIsTheSameAsInFrotz() {
    RandomNumbers random = new RandomNumbers(Entropy.fixed(1), OptionalInt.of(7));

    assertEquals(List.of(25, 5, 58), numbers(random, 3));
    random.seed(2000);
    assertEquals(List.of(83, 78), numbers(random, 2));
  }

  @Test
  void aSmallSeedCounts() {
    RandomNumbers random = new RandomNumbers(Entropy.fixed(1), OptionalInt.empty());
    random.seed(5);

    assertEquals(List.of(1, 2, 3, 4, 5, 1, 2), numbers(random, 7));
  }

  @Test
  void withoutASeedEntropyDecides() {
    RandomNumbers one = new RandomNumbers(Entropy.fixed(1), OptionalInt.empty());
    RandomNumbers same = new RandomNumbers(Entropy.fixed(1), OptionalInt.empty());
    RandomNumbers other = new RandomNumbers(Entropy.fixed(2), OptionalInt.empty());
    List<Integer> numbers = numbers(one, 20);

    assertEquals(numbers, numbers(same, 20));
    assertNotEquals(numbers, numbers(other, 20));
    one.seed(2000);
    one.seed(0);
    assertNotEquals(List.of(83, 78), numbers(one, 2));
  }

  @Test
  void numbersAreWithinTheRange() {
    RandomNumbers random = new RandomNumbers(Entropy.fixed(1), OptionalInt.empty());
    for (int range : new int[] {1, 2, 7, 0x7fff}) {
      for (int i = 0; i < 1000; i++) {
        int number = random.next(range);
        assertTrue(number >= 1 && number <= range, number + " of " + range);
      }
    }
  }

  @Test
  void aRecordBringsTheSequenceBack() {
    RandomNumbers random = new RandomNumbers(Entropy.fixed(1), OptionalInt.empty());
    random.seed(9);
    random.next(5);
    RandomNumbers restored = new RandomNumbers(Entropy.fixed(3), OptionalInt.empty());
    restored.restore(new RecordReader(random.toRecord()));

    assertEquals(numbers(random, 20), numbers(restored, 20));
  }
}
