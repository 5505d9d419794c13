package hospes.engine.translator;

import hospes.engine.CodePage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A region that was decided on: the instructions as they were then, and where they stood. It can
// be
/// translated on any thread, but belongs to its guest's thread otherwise.
public final class Draft {
  /// A stretch of one page that the region is made of.
  ///
  /// @param page the page
  /// @param distance how many pages it is away from the entry's page
  /// @param from the first slot
  /// @param to the slot behind the last one
  public record Stretch(CodePage page, int distance, int from, int to) {}

  private final CodePage home;
  private final int slot;
  private final RegionPlan plan;
  private final SortedMap<Integer, CodePage> pages = new TreeMap<>();

  Draft(CodePage home, int slot, RegionPlan plan, CodeView view) {
    this.home = home;
    this.slot = slot;
    this.plan = plan;
    for (int distance : plan.pages()) {
      CodePage page = view.pageAt(distance);
      if (page != null) {
        pages.put(distance, page);
      }
    }
  }

  /// The page in which the region begins.
  public CodePage home() {
    return home;
  }

  /// The slot in which it begins.
  public int slot() {
    return slot;
  }

  RegionPlan plan() {
    return plan;
  }

  /// Instructions of the region.
  public int size() {
    return plan.nodes().size();
  }

  /// The pages that the region lies in.
  public List<CodePage> pages() {
    return List.copyOf(pages.values());
  }

  /// Whether memory still holds the instructions that the region was made of.
  public boolean isTrue() {
    for (Node node : plan.nodes()) {
      CodePage page = pages.get(CodeView.page(node.position));
      if (page == null || page.instruction(CodeView.slot(node.position)) != node.instruction) {
        return false;
      }
    }
    return true;
  }

  /// What the region is made of.
  public List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    pages.forEach(
        (distance, page) -> {
          int[] slots =
              plan.nodes().stream()
                  .filter(node -> CodeView.page(node.position) == distance)
                  .mapToInt(node -> CodeView.slot(node.position))
                  .sorted()
                  .distinct()
                  .toArray();
          int from = slots[0];
          int to = from;
          for (int at : slots) {
            if (at > to + 1) {
              stretches.add(new Stretch(page, distance, from, to));
              from = at;
            }
            to = Math.max(to, at + 2);
          }
          stretches.add(new Stretch(page, distance, from, to));
        });
    return stretches;
  }
}
