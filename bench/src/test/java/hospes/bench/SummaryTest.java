package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  @Test
  void medianOfAnOddNumberOfSamplesIsTheMiddleOne() {
    Summary summary = Summary.of(List.of(9.0, 1.0, 2.0));
    assertEquals(2.0, summary.median());
    assertEquals(1.0, summary.min());
    assertEquals(9.0, summary.max());
  }

  @Test
  void medianOfAnEvenNumberOfSamplesIsTheMeanOfTheMiddleTwo() {
    assertEquals(3.0, Summary.of(List.of(100.0, 4.0, 2.0, 0.5)).median());
  }

  @Test
  void samplesKeepTheOrderInWhichTheyWereTaken() {
    assertEquals(List.of(3.0, 1.0, 2.0), Summary.of(List.of(3.0, 1.0, 2.0)).samples());
  }

  @Test
  void noSamplesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of()));
  }

  @Test
  void geometricMeanOfOppositeRatiosIsOne() {
    assertEquals(1.0, Summary.geometricMean(List.of(0.25, 4.0)), 1e-12);
  }
}
