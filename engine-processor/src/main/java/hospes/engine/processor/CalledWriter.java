package hospes.engine.processor;

import hospes.engine.processor.InstructionModel.Result;
import java.util.stream.Collectors;

/// Writes the switch of an extension that has its place outside the interpreter's loop.
final class CalledWriter {
  private final ArchitectureModel model;
  private final ExtensionModel extension;
  private final LoopCases cases;

  CalledWriter(ArchitectureModel model, ExtensionModel extension) {
    this.model = model;
    this.extension = extension;
    this.cases = LoopCases.of(model);
  }

  String write() {
    String body =
        extension.instructions().stream().map(this::instruction).collect(Collectors.joining());
    return """
    /// Executes the instructions of %1$s. Generated from its methods; not edited by hand.
    final class %2$s {
      private %2$s() {}

      /// Executes one instruction; true if the interpreter's loop must be left behind it.
      static boolean execute(%3$s core, %7$s) {
    %4$s%5$s    switch (operation) {
    %6$s      default -> throw new IllegalStateException("no operation " + operation);
        }
      }
    }
    """
        .formatted(
            extension.className(),
            extension.generatedName(),
            model.state(),
            model.locals().stream()
                .filter(local -> body.matches("(?s).*\\b" + local.name() + "\\b.*"))
                .map(
                    local ->
                        "    %s %s = %s;\n"
                            .formatted(local.type(), local.name(), local.expression()))
                .collect(Collectors.joining()),
            extension.guard().isEmpty()
                ? ""
                : """
                    core.trap = %s.%s(core);
                    if (core.trap != null) {
                      return true;
                    }
                """
                    .formatted(extension.className(), extension.guard()),
            body,
            cases.called());
  }

  private String instruction(InstructionModel instruction) {
    StringBuilder text = new StringBuilder(statements(instruction));
    text.append("return ");
    if (instruction.result() == Result.TRAP) {
      text.append(instruction.effects().serializes() ? "true" : "core.trap != null");
    } else if (instruction.effects().serializes()) {
      text.append("true");
    } else {
      text.append("false");
    }
    return "      case %s.%s -> {\n%s      }\n"
        .formatted(
            model.numbers(), instruction.constant(), text.append(";\n").toString().indent(8));
  }

  private String statements(InstructionModel instruction) {
    return switch (cases) {
      case PackedCases _ -> packed(instruction);
      case ListedCases listed -> listed.outsideLoop(instruction);
    };
  }

  private static String packed(InstructionModel instruction) {
    String call = Expressions.call(instruction, "core.pc");
    return switch (instruction.result()) {
      case NOTHING -> call + ";\n";
      case VALUE -> Expressions.store(instruction, call) + ";\n";
      case TRAP -> "core.trap = %s;\n".formatted(call);
      case BRANCH, VALUE_BRANCH, JUMP ->
          throw new IllegalStateException(
              "control flow belongs into the loop: " + instruction.call());
    };
  }
}
