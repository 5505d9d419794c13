package hospes.engine.translator;

import hospes.engine.CodeText;

/// A region that was decided on: the instructions as they were then, and where they stood. It can
/// be translated on any thread, but belongs to its guest's thread otherwise.
public final class Draft {
  private final RegionPlan plan;
  private final RegionContent content;
  private final Placement placement;
  private final long address;

  Draft(RegionPlan plan, CodeView view, Grade grade) {
    this.plan = plan;
    this.content = RegionContent.of(plan, grade);
    this.address = view.address(content.entry());
    this.placement =
        Placement.of(content, view)
            .orElseThrow(() -> new IllegalStateException("a plan is not what memory says"));
  }

  /// The virtual address at which it begins, as it was seen when the region was decided on.
  public long address() {
    return address;
  }

  /// The guest instructions of the region as text. Memory must still hold them.
  ///
  /// @param name how the text calls the region
  public String list(String name, CodeText text) {
    return new RegionListing(this, text).write(name);
  }

  RegionPlan plan() {
    return plan;
  }

  /// How much is done for it.
  public Grade grade() {
    return content.grade();
  }

  /// Instructions of the region.
  public int size() {
    return plan.nodes().size();
  }

  /// What the region is made of.
  public RegionContent content() {
    return content;
  }

  /// Where it would stand.
  public Placement placement() {
    return placement;
  }
}
