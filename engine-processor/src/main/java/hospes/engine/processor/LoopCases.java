package hospes.engine.processor;

import hospes.engine.CodeLayout;

/// What depends in an interpreter on where decoded operands are.
sealed interface LoopCases permits PackedCases, ListedCases {
  /// The expression for an instruction's own address in the loop.
  String here();

  /// The expression for the slots that it takes.
  String length();

  /// Declarations of local variables for a page, of which the loop knows `code` already.
  String declarations();

  /// Statements that set these variables for another page.
  String turnOver();

  /// Statements for instructions outside the loop: go on, leave, or `break jump` to `next`.
  String outside();

  /// Statements behind a branch that is taken: go on within the page, or else leave where in
  /// `next`.
  String branch();

  /// The case of an instruction.
  String inLoop(InstructionModel instruction);

  /// Parameters of the methods outside the loop, and the arguments for them.
  String called();

  static LoopCases of(ArchitectureModel model) {
    return switch (model.operands()) {
      case PACKED -> new PackedCases(model);
      case LISTED -> new ListedCases(model);
    };
  }

  /// The expression for the slot in its page of an address.
  static String slot(CodeLayout layout, String address) {
    String offset = "(int) (%s - base)".formatted(address);
    return layout.slotShift() == 0 ? offset : offset + " >>> " + layout.slotShift();
  }
}
