package hospes.engine.translator;

import hospes.engine.CodeLayout;
import hospes.engine.translator.Operation.Effect;
import java.util.Optional;
import java.util.stream.Stream;
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

  /// The operands, where they are listed.
  final int[] operands;

  final Operation operation;

  /// Position of the next instruction in memory.
  final int following;

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

  /// The instruction at a position.
  Node(CodeView view, int position, Operation operation, @Nullable CallSite calls) {
    this.position = position;
    this.instruction = view.instruction(position);
    this.operands = view.operands(position);
    this.operation = operation;
    this.following = position + view.layout().length(instruction);
    this.calls = calls;
  }

  /// A call that the region followed.
  ///
  /// @param returnPosition where it comes back to
  /// @param outer the call around it
  /// @param depth number of calls, this one included
  record CallSite(int returnPosition, @Nullable CallSite outer, int depth) {}

  /// The register that an operand is here, if it is one that holds something.
  Optional<Register> register(Operand operand) {
    return switch (operand) {
      case Operand.Register(RegisterKind kind, Place place) -> {
        int number = (int) place.read(instruction);
        yield number == kind.zero() || number == kind.sink()
            ? Optional.empty()
            : Optional.of(new Register(kind.file(), number));
      }
      case Operand.Mixed(MixedKind kind, int index) -> register(kind, index);
      case Operand.Name(MixedKind kind, int index) -> register(kind, index);
      case Operand.Number _,
          Operand.Listed _,
          Operand.Index _,
          Operand.Address _,
          Operand.Following _,
          Operand.Local _ ->
          Optional.empty();
    };
  }

  private Optional<Register> register(MixedKind kind, int index) {
    return kind.isRegister(operands[index])
        ? Optional.of(new Register(kind.file(), MixedKind.number(operands[index])))
        : Optional.empty();
  }

  /// Whether an operand is what only the state can reach here.
  boolean isElsewhere(Operand operand) {
    return operand instanceof Operand.Mixed(MixedKind kind, int index)
        && MixedKind.isName(operands[index])
        && !kind.isRegister(operands[index]);
  }

  /// Whether what it does depends on anything but constants.
  boolean readsVariables() {
    return operation.operands().stream()
        .anyMatch(
            operand ->
                operand instanceof Operand.Register
                    || operand instanceof Operand.Mixed mixed
                        && MixedKind.isName(operands[mixed.index()]));
  }

  /// Whether its method reaches for a register by its number.
  boolean namesRegisters() {
    return operation.operands().stream()
        .anyMatch(operand -> operand instanceof Operand.Name && register(operand).isPresent());
  }

  /// Whether executing it may trap, or otherwise needs the instruction count to be right.
  boolean isWatched() {
    return operation.isWatched()
        || Stream.concat(operation.operands().stream(), operation.target().stream())
            .anyMatch(this::isElsewhere);
  }

  /// Whether its result goes to guest memory.
  boolean writesMemory() {
    return operation.target().isPresent()
        && operation.target().get() instanceof Operand.Mixed(MixedKind kind, int index)
        && kind.isInMemory(operands[index]);
  }

  /// Whether it goes to another frame of registers.
  boolean changesFrames() {
    return operation.effects().contains(Effect.FRAMES);
  }

  /// Whether it goes to another frame to come back to behind this instruction.
  boolean isCall() {
    return changesFrames() && operation.operands().contains(new Operand.Following());
  }

  /// Where it goes on where the branch is taken.
  int branchTarget(CodeLayout layout) {
    return switch (operation.branching().orElseThrow()) {
      case Branching.Packed(Place place) -> position + layout.slotsIn(place.read(instruction));
      case Branching.Listed(int index) -> position + operands[index + 1];
    };
  }

  /// Whether the branch is taken where its condition holds, and not where it does not.
  boolean branchesIfTrue() {
    return switch (operation.branching().orElseThrow()) {
      case Branching.Packed _ -> true;
      case Branching.Listed(int index) -> operands[index] != 0;
    };
  }
}
