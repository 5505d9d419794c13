package hospes.engine.processor;

import hospes.engine.ListedInstruction;
import hospes.engine.processor.InstructionModel.Parameter;

/// Writes the table of instructions with listed operands, for their decoder and disassembler.
final class ListedTableWriter {
  private final ArchitectureModel model;

  ListedTableWriter(ArchitectureModel model) {
    this.model = model;
  }

  String write() {
    StringBuilder numbers = new StringBuilder();
    StringBuilder entries = new StringBuilder();
    for (ExtensionModel extension : model.extensions()) {
      for (InstructionModel instruction : extension.instructions()) {
        numbers.append(
            "  static final int %s = %d;\n"
                .formatted(instruction.constant(), instruction.operation()));
        entries.append(
            "    table.add(%s, \"%s\", \"%s\", Names.%s);\n"
                .formatted(
                    instruction.constant(),
                    extension.name(),
                    instruction.definition(),
                    namesFirst(instruction) ? "FIRST" : "NOTHING"));
      }
    }
    return """
    import hospes.engine.ListedTable;
    import hospes.engine.ListedTable.Names;

    /// The table of %s instructions. Generated from the instruction methods; not edited by hand.
    public final class %sInstructions {
    %s
      private %2$sInstructions() {}

      /// All instructions.
      public static ListedTable table() {
        ListedTable table = new ListedTable("%1$s");
    %4$s    return table;
      }
    }
    """
        .formatted(model.name(), model.prefix(), numbers, entries);
  }

  /// Whether an instruction's first operand is the number of what it names: its method takes it by
  /// number, or takes or gives it as a kind of operand that is not the architecture's common one.
  private boolean namesFirst(InstructionModel instruction) {
    if (instruction.listed().operands().isEmpty()) {
      return false;
    }
    String first = instruction.listed().operands().getFirst();
    boolean isResult =
        first.equals(ListedInstruction.RESULT) && instruction.resultKind().isPresent();
    return isResult
        || instruction.parameters().stream()
            .anyMatch(
                parameter ->
                    switch (parameter) {
                      case Parameter.Name(String field, KindModel _) -> field.equals(first);
                      case Parameter.Value(String field, KindModel kind, String _) ->
                          field.equals(first) && !model.isCommon(kind);
                      case Parameter.Number _,
                          Parameter.Count _,
                          Parameter.Address _,
                          Parameter.Following _,
                          Parameter.LocalVariable _ ->
                          false;
                    });
  }
}
