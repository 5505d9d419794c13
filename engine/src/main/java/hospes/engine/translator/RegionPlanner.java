package hospes.engine.translator;

import hospes.engine.translator.Node.CallSite;
import hospes.engine.translator.Node.Edge;
import hospes.engine.translator.Operation.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides what a region contains: the instructions that can be reached from its entry, the nearest
/// ones first, through branches and jumps whose targets are known.
///
/// A call is followed into a copy of the function for this call site, whose return leads back; that
/// the return does go there is checked when it happens.
final class RegionPlanner {
  /// Calls within calls that are followed.
  private static final int DEPTH = 2;

  private record Key(int position, @Nullable CallSite calls) {}

  private final OperationTable table;
  private final CodeView view;
  private final int limit;
  private final int mostPages;
  private final Map<Key, Node> nodes = new HashMap<>();
  private final Queue<Node> open = new ArrayDeque<>();
  private final SortedSet<Integer> pages = new TreeSet<>();
  private final Constants constants;

  /// @param limit most instructions of the region
  /// @param mostPages pages that the region may lie in
  RegionPlanner(OperationTable table, CodeView view, int limit, int mostPages) {
    this.mostPages = mostPages;
    this.table = table;
    this.constants = new Constants(table);
    this.view = view;
    this.limit = limit;
  }

  /// The region that begins at a position; empty where nothing there can be translated.
  Optional<RegionPlan> plan(int position) {
    Node entry = node(position, null);
    if (entry == null) {
      return Optional.empty();
    }
    while (!open.isEmpty()) {
      follow(open.remove());
    }
    List<Node> order = inOrder(entry);
    if (order.size() == 1 && entry.taken == null) {
      return Optional.empty();
    }
    number(order);
    return Optional.of(new RegionPlan(order, pages));
  }

  private @Nullable Node node(int position, @Nullable CallSite calls) {
    Key key = new Key(position, calls);
    Node known = nodes.get(key);
    if (known != null) {
      return known;
    }
    if (nodes.size() >= limit) {
      return null;
    }
    int page = view.page(position);
    if (!pages.contains(page) && (pages.size() >= mostPages || view.pageAt(page) == null)) {
      return null;
    }
    Operation operation = table.translatable(view.instruction(position));
    if (operation == null) {
      return null;
    }
    pages.add(page);
    Node made = new Node(view, position, operation, calls);
    nodes.put(key, made);
    open.add(made);
    return made;
  }

  private Edge edge(int position, @Nullable CallSite calls) {
    return new Edge(position, node(position, calls));
  }

  private void follow(Node node) {
    Operation operation = node.operation;
    if (operation.result() != Result.JUMP) {
      node.next = edge(node.following, node.calls);
      Node next = node.next.node();
      if (next != null && next.before == null) {
        next.before = node;
      }
      if (operation.branching().isPresent() && operation.result() != Result.NOTHING) {
        node.taken = edge(node.branchTarget(view.layout()), node.calls);
      }
      return;
    }
    if (node.changesFrames()) {
      changeFrames(node);
      return;
    }
    OptionalInt target = constants.target(node);
    boolean links = operation.target().flatMap(node::register).isPresent();
    if (target.isPresent()) {
      node.taken = links ? call(node, target.getAsInt()) : edge(target.getAsInt(), node.calls);
    } else if (!node.readsVariables()) {
      throw new IllegalStateException("where %s leads is not known".formatted(operation));
    } else if (!links && node.calls != null) {
      node.taken = edge(node.calls.returnPosition(), node.calls.outer());
    } else {
      view.guess(node.position)
          .ifPresent(guess -> node.taken = links ? call(node, guess) : edge(guess, null));
    }
  }

  /// A call goes where it led the last time, a return to the call that the region followed.
  private void changeFrames(Node node) {
    if (node.isCall()) {
      view.guess(node.position).ifPresent(guess -> node.taken = call(node, guess));
    } else if (node.calls != null) {
      node.taken = edge(node.calls.returnPosition(), node.calls.outer());
    }
  }

  /// Into a copy of the function that is called, or out of the region where calls nest too deep.
  private Edge call(Node node, int position) {
    CallSite outer = node.calls;
    int depth = outer == null ? 1 : outer.depth() + 1;
    return depth > DEPTH
        ? new Edge(position, null)
        : edge(position, new CallSite(node.following, outer, depth));
  }

  /// Reverse postorder: a node stands behind all that lead to it, but for edges back.
  private static List<Node> inOrder(Node entry) {
    List<Node> order = new ArrayList<>();
    visit(entry, order);
    Collections.reverse(order);
    for (int i = 0; i < order.size(); i++) {
      order.get(i).order = i;
    }
    return order;
  }

  private static void visit(Node node, List<Node> order) {
    node.order = 0;
    for (Edge edge : edges(node)) {
      if (edge.node() != null && edge.node().order < 0) {
        visit(edge.node(), order);
      }
    }
    order.add(node);
  }

  /// The edges, the one to the next instruction last, so that it comes to stand right behind.
  static List<Edge> edges(Node node) {
    List<Edge> edges = new ArrayList<>(2);
    if (node.taken != null) {
      edges.add(node.taken);
    }
    if (node.next != null) {
      edges.add(node.next);
    }
    return edges;
  }

  private static void number(List<Node> order) {
    for (Node node : order.reversed()) {
      int most = 0;
      for (Edge edge : edges(node)) {
        Node to = edge.node();
        if (to == null) {
          continue;
        }
        if (to.order <= node.order) {
          to.isChecked = true;
          to.isTarget = true;
        } else {
          most = Math.max(most, to.longest);
          to.isTarget |= to.order != node.order + 1 || edge == node.taken;
        }
      }
      node.longest = most + 1;
    }
  }
}
