package hospes.engine.translator;

import java.util.List;
import java.util.SortedSet;

/// What a region consists of: its nodes in the order in which they are written, the first one
/// being the entry.
///
/// @param nodes the instructions
/// @param pages the pages that they lie in, as distances from the entry's page
record RegionPlan(List<Node> nodes, SortedSet<Integer> pages) {
  Node entry() {
    return nodes.getFirst();
  }
}
