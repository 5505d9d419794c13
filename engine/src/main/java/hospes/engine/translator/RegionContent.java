package hospes.engine.translator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a region was made of: packed instructions, and where they stood as seen from the page of
/// its entry. A region does what memory says wherever memory says this, in whichever guest.
public final class RegionContent {
  private final int[] positions;
  private final long[] instructions;
  private final int[][] operands;
  private final SortedSet<Integer> pages;

  private final Grade grade;

  private RegionContent(
      int[] positions,
      long[] instructions,
      int[][] operands,
      SortedSet<Integer> pages,
      Grade grade) {
    this.grade = grade;
    this.positions = positions;
    this.instructions = instructions;
    this.operands = operands;
    this.pages = pages;
  }

  /// The instructions of a plan, the entry first, each position once.
  static RegionContent of(RegionPlan plan, Grade grade) {
    SequencedMap<Integer, Node> found = new LinkedHashMap<>();
    plan.nodes().forEach(node -> found.put(node.position, node));
    return new RegionContent(
        found.keySet().stream().mapToInt(Integer::intValue).toArray(),
        found.values().stream().mapToLong(node -> node.instruction).toArray(),
        found.values().stream().map(node -> node.operands).toArray(int[][]::new),
        new TreeSet<>(plan.pages()),
        grade);
  }

  /// How much was done for it.
  public Grade grade() {
    return grade;
  }

  /// Instructions at different places.
  int size() {
    return positions.length;
  }

  /// The place of an instruction, in slots from the start of the entry's page.
  int position(int index) {
    return positions[index];
  }

  long instruction(int index) {
    return instructions[index];
  }

  /// The operands of an instruction, where they are listed.
  int[] operands(int index) {
    return operands[index];
  }

  /// The slot of the entry.
  int entry() {
    return positions[0];
  }

  /// The pages that it lies in, as distances from the entry's page.
  SortedSet<Integer> pages() {
    return pages;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegionContent content
        && grade == content.grade
        && Arrays.equals(positions, content.positions)
        && Arrays.equals(instructions, content.instructions)
        && Arrays.deepEquals(operands, content.operands);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(positions) + Arrays.hashCode(instructions);
  }
}
