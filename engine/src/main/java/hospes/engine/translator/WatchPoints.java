package hospes.engine.translator;

import hospes.engine.CodeLayout;
import java.util.ArrayList;
import java.util.List;

/// The instructions at which a region may have to stop, by number.
///
/// @param offsets their addresses, as bytes from the start of the entry's page
/// @param nextOffsets the addresses behind them
/// @param executed the instructions that were executed, they themselves included, since the region
///     last counted
public record WatchPoints(int[] offsets, int[] nextOffsets, int[] executed) {
  /// Numbers instructions.
  static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> executed = new ArrayList<>();

    int add(Node node, int count) {
      nodes.add(node);
      executed.add(count);
      return nodes.size() - 1;
    }

    WatchPoints build(CodeLayout layout) {
      return new WatchPoints(
          nodes.stream().mapToInt(node -> (int) layout.bytes(node.position)).toArray(),
          nodes.stream().mapToInt(node -> (int) layout.bytes(node.following)).toArray(),
          executed.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}
