package hospes.engine.translator;

import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.CodeText;
import hospes.engine.translator.Node.Edge;
import org.jspecify.annotations.Nullable;

/// Lists the guest instructions of a region, one a line, in the order in which its method holds
/// them; line numbers in the region's class file refer to this text.
final class RegionListing {
  /// Lines above the first instruction.
  private static final int HEADING = 4;

  private final Draft draft;
  private final CodeText text;
  private final CodeLayout layout;
  private final long base;

  RegionListing(Draft draft, CodeText text) {
    this.draft = draft;
    this.text = text;
    this.layout = draft.placement().home().layout();
    this.base = draft.address() & -(1L << CodePage.SHIFT);
  }

  /// The line on which a node stands, from 1.
  static int line(Node node) {
    return HEADING + 1 + node.order;
  }

  String write(String name) {
    StringBuilder out = new StringBuilder();
    out.append("%s: %d instructions\n".formatted(name, draft.size()));
    out.append(
        "entry at virtual address 0x%x, physical address 0x%x\n"
            .formatted(
                draft.address(),
                draft.placement().home().physicalAddress(draft.placement().slot())));
    out.append("line  address           word      instruction\n");
    out.append("----------------------------------------------\n");
    for (Node node : draft.plan().nodes()) {
      append(node, out);
    }
    return out.toString();
  }

  private void append(Node node, StringBuilder out) {
    CodePage page = draft.placement().page(layout.page(node.position));
    CodeText.Line instruction =
        text.line(page, layout.slotAt(node.position), address(node.position));
    String line =
        "%4d  %016x  %-8s  %-30s"
            .formatted(
                line(node), address(node.position), instruction.bytes(), instruction.instruction());
    out.append((line + notes(node)).stripTrailing()).append('\n');
  }

  private long address(int position) {
    return base + layout.bytes(position);
  }

  private String notes(Node node) {
    StringBuilder notes = new StringBuilder();
    if (node.isChecked) {
      notes.append("  budget %d before going back to here;".formatted(node.longest));
    }
    note("taken", node.taken, node, notes);
    note("next", node.next, node, notes);
    if (node.taken == null && node.next == null) {
      notes.append("  leaves for where it jumps to;");
    }
    return notes.isEmpty() ? "" : "  #" + notes.substring(1, notes.length() - 1);
  }

  private void note(String which, @Nullable Edge edge, Node from, StringBuilder notes) {
    if (edge == null) {
      return;
    }
    Node to = edge.node();
    if (to == null) {
      notes.append("  %s: leaves for 0x%x;".formatted(which, address(edge.position())));
    } else if (to.order != from.order + 1) {
      notes.append("  %s: line %d;".formatted(which, line(to)));
    }
  }
}
