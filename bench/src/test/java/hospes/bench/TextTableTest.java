package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void figuresStandToTheRightAndNamesToTheLeft() {
    TextTable table = new TextTable("name", "s");
    table.row("a", "1.50");
    table.row("longer", "12.25");
    table.row("none", "");
    assertEquals(
        """
        | name   |     s |
        |--------|------:|
        | a      |  1.50 |
        | longer | 12.25 |
        | none   |       |
        """,
        table.toString());
  }

  @Test
  void aRowWithAMissingCellIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TextTable("a", "b").row("1"));
  }
}
