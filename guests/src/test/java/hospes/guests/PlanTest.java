package hospes.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.machine.Content;
import hospes.machine.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A plan holds what was said, and what the kind says where nothing was.
final class PlanTest {
  private static final Plan EMPTY = Plan.of(new CountingKind());

  @Test
  void whereNothingIsSaidTheKindSpeaks() {
    assertFalse(EMPTY.has("speed"));
    assertEquals("slow", EMPTY.text("speed"));
    assertEquals("", EMPTY.text("note"));
    assertEquals(7, EMPTY.number("most", 7));
    assertEquals(Optional.empty(), EMPTY.file("program"));
    assertEquals(Optional.empty(), EMPTY.value("speed"));
    assertEquals(List.of(), EMPTY.all("speed"));
    assertEquals(Optional.empty(), EMPTY.screen());
  }

  @Test
  void whatIsSaidGoesBeforeThat() {
    Value.File program = new Value.File("program", Content.of(new byte[] {1}));
    Plan plan =
        EMPTY
            .with("speed", new Value.Text("fast"))
            .with("most", new Value.Number(0))
            .with("program", program);
    assertEquals("fast", plan.text("speed"));
    assertEquals(0, plan.number("most", 7));
    assertEquals(Optional.of(program), plan.file("program"));
    assertTrue(plan.has("program"));
    assertFalse(EMPTY.has("speed"), "the plan that it was made of stays");
  }

  @Test
  void aValueComesInsteadOfOthersOrBesidesThem() {
    Plan plan = EMPTY.adding("note", new Value.Text("one")).adding("note", new Value.Text("two"));
    assertEquals(List.of(new Value.Text("one"), new Value.Text("two")), plan.all("note"));
    assertEquals("two", plan.text("note"));
    assertEquals(
        List.of(new Value.Text("three")), plan.with("note", new Value.Text("three")).all("note"));
    Plan changed =
        plan.withAll(
            Map.of("note", List.of(new Value.Text("four")), "most", List.of(new Value.Number(4))));
    assertEquals(List.of(new Value.Text("four")), changed.all("note"));
    assertEquals(4, changed.number("most", 0));
  }

  @Test
  void theTerminalIsKeptWithEveryChange() {
    Payload.Size terminal = new Payload.Size(24, 80);
    assertEquals(
        Optional.of(terminal), EMPTY.before(terminal).with("most", new Value.Number(1)).screen());
  }

  @Test
  void anOptionOfAnotherSortCountsAsNotGiven() {
    Plan odd = EMPTY.with("most", new Value.Text("many")).with("note", new Value.Number(1));
    assertEquals(7, odd.number("most", 7));
    assertEquals("", odd.text("note"));
    assertEquals(Optional.empty(), odd.file("most"));
  }

  @Test
  void anOptionThatTheKindHasNotIsAMistake() {
    assertEquals("SPEED", EMPTY.spec("speed").label());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EMPTY.spec("colour"));
    assertEquals("counting has no colour", e.getMessage());
  }
}
