package hospes.engine.translator;

import hospes.engine.translator.Operation.Effect;
import java.lang.classfile.CodeBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The pages that a region accessed last, kept in local variables for those base registers by which
/// it accesses memory most: an access to the same page as the last one by the same register needs
/// no look into the TLB.
///
/// What is kept follows from TLB entries, and everything that may change those happens off the fast
/// path of an access. So whoever leaves the fast path forgets all of them.
final class LastPages {
  /// What no masked address is equal to.
  static final long NONE = 1 << 8;

  /// Pages of one region. Each takes two of the host's registers.
  private static final int MOST = 6;

  /// Accesses by one register that make a page worth it.
  private static final int WORTH = 3;

  /// What an access in a loop counts.
  private static final int LOOP = 8;

  /// The largest step by which a register moves on in a loop and mostly stays in a page.
  private static final long FAR = 256;

  /// The local variables that hold a page: the guest's address, and what leads from that to the
  /// host's.
  record Page(int tag, int addend) {}

  /// Local variables for one access, two slots each.
  private static final int SCRATCH = 8;

  private record Key(Register base, boolean stores) {}

  private final SequencedMap<Key, Page> pages = new LinkedHashMap<>();
  private final int first;

  /// @param first the first free local variable
  LastPages(RegionPlan plan, int first) {
    this.first = first;
    int slot = first + SCRATCH;
    for (Key key : keys(plan)) {
      pages.put(key, new Page(slot, slot + 2));
      slot += 4;
    }
  }

  /// A variable for the address of an access.
  int address() {
    return first;
  }

  /// A variable for what is stored.
  int value() {
    return first + 2;
  }

  /// A variable for what leads from an address to the host's, for one access only.
  int spare() {
    return first + 4;
  }

  /// A variable for where the TLB would have the page of an access.
  int entry() {
    return first + 6;
  }

  private static List<Key> keys(RegionPlan plan) {
    int[] weights = weights(plan);
    Map<Key, Integer> sums = new HashMap<>();
    Set<Register> jumping = new HashSet<>();
    for (Node node : plan.nodes()) {
      key(node).ifPresent(key -> sums.merge(key, weights[node.order], Integer::sum));
      if (weights[node.order] == LOOP) {
        target(node).filter(base -> !isStep(node, base)).ifPresent(jumping::add);
      }
    }
    sums.keySet().removeIf(key -> jumping.contains(key.base()));
    return sums.entrySet().stream()
        .filter(entry -> entry.getValue() >= WORTH)
        .sorted(
            Map.Entry.<Key, Integer>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey().base())
                .thenComparing(entry -> entry.getKey().stores()))
        .limit(MOST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Optional<Register> target(Node node) {
    return node.operation.target().flatMap(node::register);
  }

  /// Whether an instruction moves a register on from where it was, and not far.
  private static boolean isStep(Node node, Register base) {
    boolean fromItself = false;
    for (Operand operand : node.operation.operands()) {
      switch (operand) {
        case Operand.Register _, Operand.Mixed _ ->
            fromItself |= node.register(operand).equals(Optional.of(base));
        case Operand.Number number -> {
          if (Math.abs(number.place().read(node.instruction)) > FAR) {
            return false;
          }
        }
        case Operand.Listed _,
            Operand.Index _,
            Operand.Name _,
            Operand.Address _,
            Operand.Following _,
            Operand.Local _ -> {
          return false;
        }
      }
    }
    return fromItself;
  }

  /// Instructions within loops count more.
  private static int[] weights(RegionPlan plan) {
    int[] weights = new int[plan.nodes().size()];
    Arrays.fill(weights, 1);
    for (Node node : plan.nodes()) {
      for (Node.Edge edge : RegionPlanner.edges(node)) {
        Node to = edge.node();
        if (to != null && to.order <= node.order) {
          for (int i = to.order; i <= node.order; i++) {
            weights[i] = LOOP;
          }
        }
      }
    }
    return weights;
  }

  private static Optional<Key> key(Node node) {
    if (!node.operation.accessesMemory()) {
      return Optional.empty();
    }
    boolean stores = node.operation.effects().contains(Effect.STORES);
    for (Operand operand : node.operation.operands()) {
      boolean isAddress =
          operand instanceof Operand.Mixed
              || operand instanceof Operand.Register register && register.kind().unpack().isEmpty();
      Optional<Register> base = node.register(operand);
      if (isAddress && base.isPresent()) {
        return Optional.of(new Key(base.get(), stores));
      }
    }
    return Optional.empty();
  }

  /// The page for an instruction's access.
  Optional<Page> page(Node node) {
    return key(node).map(pages::get);
  }

  /// Writes code that forgets all pages.
  void forget(CodeBuilder code) {
    for (Page page : pages.values()) {
      code.loadConstant(NONE).lstore(page.tag());
    }
  }

  /// Writes code for the entry of the region.
  void begin(CodeBuilder code) {
    forget(code);
    for (Page page : pages.values()) {
      code.lconst_0().lstore(page.addend());
    }
  }
}
