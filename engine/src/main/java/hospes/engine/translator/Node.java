package hospes.engine.translator;

import hospes.engine.Decoder;
import org.jspecify.annotations.Nullable;

/// An instruction of a region. One that lies in a function which the region calls from several
/// places is a node for each of them.
final class Node {
  /// Where control goes from a node.
  ///
  /// @param position where it goes on in the code
  /// @param node what is there in the region; `null` where the region is left
  record Edge(int position, @Nullable Node node) {}

  final int position;
  final long instruction;
  final Operation operation;

  /// The calls that led here.
  final @Nullable CallSite calls;

  /// To the next instruction; `null` after a jump.
  @Nullable Edge next;

  /// To where a branch or jump leads; `null` where that is not known.
  @Nullable Edge taken;

  /// A node whose next instruction this is; others may lead here too.
  @Nullable Node before;

  /// Number in the order in which the region holds its nodes.
  int order = -1;

  /// The most instructions executed from here on before the budget is looked at again.
  int longest;

  /// Whether other nodes than the one before it lead here.
  boolean isTarget;

  /// Whether the budget is looked at when an edge leads back to here.
  boolean isChecked;

  Node(int position, long instruction, Operation operation, @Nullable CallSite calls) {
    this.position = position;
    this.instruction = instruction;
    this.operation = operation;
    this.calls = calls;
  }

  /// Position of the next instruction in memory.
  int following() {
    return position + ((int) (instruction >>> 9) & 3);
  }

  /// A call that the region followed.
  ///
  /// @param returnPosition where it comes back to
  /// @param outer the call around it
  /// @param depth number of calls, this one included
  record CallSite(int returnPosition, @Nullable CallSite outer, int depth) {}

  static int operationNumber(long instruction) {
    return (int) instruction & Decoder.OPERATION;
  }
}
