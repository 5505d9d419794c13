package hospes.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.ListedInstruction.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Definitions of instructions with listed operands, and the lists that are made of them.
class ListedInstructionTest {
  @Test
  void everythingIsInItsPlace() {
    ListedInstruction child = ListedInstruction.parse("child of, or -> rd ?offset : 1OP:130 v2-4");
    assertEquals("child", child.mnemonic());
    assertEquals(List.of("of", "or"), child.operands());
    assertEquals("1OP", child.form());
    assertEquals(130, child.number());
    assertEquals(List.of(Part.RESULT, Part.BRANCH), child.parts());
    assertArrayEquals(new int[] {7, 1, 2, 2, 1, -5}, child.list(7, new int[] {1, 2}, 1, -5));
    assertArrayEquals(new int[] {7, 1, 0, 1, 0, 9}, child.list(7, new int[] {1}, 0, 9));
    assertEquals(0, child.index("rd"));
    assertEquals(2, child.index("or"));
  }

  @Test
  void whatIsNotEncodedTakesNoPlace() {
    ListedInstruction add = ListedInstruction.parse("inc rd : 1OP:133");
    assertEquals(0, add.index("rd"));
    assertArrayEquals(new int[] {3, 1}, add.list(99, new int[] {3}, 1, 50));
    assertArrayEquals(new int[] {3}, add.operandsOf(new int[] {3, 1}));
    ListedInstruction print = ListedInstruction.parse("print text : 0OP:178");
    assertEquals(List.of(), print.operands());
    assertTrue(print.has(Part.TEXT));
  }

  @Test
  void operandsBeyondWhatIsTakenAreDropped() {
    ListedInstruction add = ListedInstruction.parse("add a, b -> rd : 2OP:20");
    assertArrayEquals(new int[] {0, 1, 2, 3}, add.list(0, new int[] {1, 2, 3}, 0, 0));
    assertArrayEquals(new int[] {1, 2}, add.operandsOf(new int[] {0, 1, 2, 3}));
  }

  @Test
  void versionsHaveBothEnds() {
    ListedInstruction from = ListedInstruction.parse("call a : VAR:249 v5");
    assertFalse(from.isIn(4));
    assertTrue(from.isIn(8));
    ListedInstruction old = ListedInstruction.parse("not a -> rd : 1OP:143 v1-4");
    assertTrue(old.isIn(1));
    assertFalse(old.isIn(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"add a, b", "add : ", " : 2OP:1", "add a : 2OP", "add a ?elsewhere : 2OP:1"})
  void whatMakesNoSenseIsRefused(String definition) {
    assertThrows(DefinitionException.class, () -> ListedInstruction.parse(definition));
  }

  @Test
  void anOperandThatIsNotThereIsRefused() {
    ListedInstruction print = ListedInstruction.parse("print text : 0OP:178");
    assertThrows(DefinitionException.class, () -> print.index("rd"));
  }
}
