package hospes.engine.translator;

/// A region that was decided on: the instructions as they were then, and where they stood. It can
/// be translated on any thread, but belongs to its guest's thread otherwise.
public final class Draft {
  private final RegionPlan plan;
  private final RegionContent content;
  private final Placement placement;

  Draft(RegionPlan plan, CodeView view) {
    this.plan = plan;
    this.content = RegionContent.of(plan);
    this.placement =
        Placement.of(content, view)
            .orElseThrow(() -> new IllegalStateException("a plan is not what memory says"));
  }

  RegionPlan plan() {
    return plan;
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
