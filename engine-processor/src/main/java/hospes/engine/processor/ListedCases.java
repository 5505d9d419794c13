package hospes.engine.processor;

import hospes.engine.ListedInstruction;
import hospes.engine.processor.InstructionModel.Parameter;
import java.util.ArrayList;
import java.util.List;

/// Cases for instructions whose operands are listed: in the loop as `list`.
record ListedCases(ArchitectureModel model) implements LoopCases {
  @Override
  public String here() {
    return "base + index";
  }

  @Override
  public String length() {
    return "(int) (instruction >>> 9) & 0x%x".formatted(model.layout().lengthMask());
  }

  @Override
  public String declarations() {
    return "int[][] operands = page.operands;\nint distance;\n";
  }

  @Override
  public String turnOver() {
    return "operands = target.operands;\n";
  }

  @Override
  public String called() {
    return "int operation, int[] list";
  }

  @Override
  public String outside() {
    return """
    core.pc = base + index;
    core.nextPc = core.pc + (%1$s);
    core.remaining = remaining;
    if (call(core, (int) instruction & Decoder.OPERATION, operands[index])) {
      if (core.trap == null) {
        core.pc = core.nextPc;
      }
      return;
    }
    remaining = core.remaining;
    if (core.nextPc == core.pc + (%1$s)) {
      index += %1$s;
      continue;
    }
    next = core.nextPc;
    break jump;
    """
        .formatted(length());
  }

  @Override
  public String branch() {
    return """
    index += distance;
    if ((index & -4096) == 0) {
      if (distance < 0 && ++heat[index] == threshold) {
        core.warm(page, base + index);
      }
      continue;
    }
    next = base + index;
    """;
  }

  @Override
  public String inLoop(InstructionModel instruction) {
    StringBuilder body = new StringBuilder("int[] list = operands[index];\n");
    boolean serializes = instruction.effects().serializes();
    if (serializes) {
      body.append("core.pc = base + index;\n");
      body.append("core.nextPc = core.pc + (%s);\n".formatted(length()));
    }
    body.append("core.remaining = remaining;\n");
    body.append(operands(instruction));
    String call = call(instruction, here(), "%s + (%s)".formatted(here(), length()));
    if (serializes) {
      body.append(apart(instruction, call)).append("core.pc = core.nextPc;\nreturn;\n");
      return body.toString();
    }
    switch (instruction.result()) {
      case NOTHING -> body.append(call).append(";\n");
      case VALUE -> body.append(store(instruction, call));
      case JUMP -> {
        body.append("next = %s;\n".formatted(call));
        if (instruction.effects().frames()) {
          body.append("core.jumped(index, next);\n");
        }
      }
      case BRANCH -> body.append("boolean holds = %s;\n".formatted(call));
      case VALUE_BRANCH ->
          body.append("int result = %s;\n".formatted(call))
              .append(store(instruction, "result"))
              .append("boolean holds = result != 0;\n");
      case TRAP -> throw new IllegalStateException("not in the loop: " + instruction.call());
    }
    // Guest memory may have been written, and somebody have asked for the loop to be left.
    body.append("remaining = core.remaining;\n");
    switch (instruction.result()) {
      case BRANCH, VALUE_BRANCH -> {
        int at = instruction.listed().branchIndex();
        body.append("if (holds == (list[%d] != 0)) {\n".formatted(at));
        body.append("  distance = list[%d];\n  break branch;\n}\n".formatted(at + 1));
      }
      case JUMP -> body.append("break jump;\n");
      case NOTHING, VALUE, TRAP -> {}
    }
    return body.toString();
  }

  /// Statements that execute an instruction outside the loop, where `core.nextPc` tells how to go
  /// on.
  String outsideLoop(InstructionModel instruction) {
    return operands(instruction) + apart(instruction, call(instruction, "core.pc", "core.nextPc"));
  }

  private String apart(InstructionModel instruction, String call) {
    return switch (instruction.result()) {
      case NOTHING -> call + ";\n";
      case VALUE -> store(instruction, call);
      case JUMP -> "core.nextPc = %s;\n".formatted(call);
      case BRANCH -> branch(instruction, call);
      case VALUE_BRANCH ->
          "int result = %s;\n".formatted(call)
              + store(instruction, "result")
              + branch(instruction, "(result != 0)");
      case TRAP -> throw new IllegalStateException("no trap is returned: " + instruction.call());
    };
  }

  private static String branch(InstructionModel instruction, String condition) {
    int at = instruction.listed().branchIndex();
    return "if (%s == (list[%d] != 0)) {\n  core.nextPc = core.pc + list[%d];\n}\n"
        .formatted(condition, at, at + 1);
  }

  /// Reads the operands, in their order: reading one may change what the next one finds.
  private static String operands(InstructionModel instruction) {
    StringBuilder text = new StringBuilder();
    List<Parameter> parameters = instruction.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) instanceof Parameter.Value value) {
        text.append(
            "int operand%d = core.%s(list[%d]);\n"
                .formatted(
                    i, value.kind().mixed().read(), instruction.listed().index(value.field())));
      }
    }
    return text.toString();
  }

  private static String call(InstructionModel instruction, String here, String next) {
    ListedInstruction listed = instruction.listed();
    List<Parameter> parameters = instruction.parameters();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      arguments.add(
          switch (parameters.get(i)) {
            case Parameter.Value _ -> "operand" + i;
            case Parameter.Name(String field, KindModel _) ->
                "list[%d] & 0xffff".formatted(listed.index(field));
            case Parameter.Count _ -> "list[%d]".formatted(listed.countIndex());
            case Parameter.Address _ -> here;
            case Parameter.Following _ -> next;
            case Parameter.LocalVariable(String _, String name) -> name;
            case Parameter.Number number ->
                throw new IllegalStateException("a list has no field " + number.field());
          });
    }
    return "%s(%s)".formatted(instruction.call(), String.join(", ", arguments));
  }

  private static String store(InstructionModel instruction, String value) {
    return "core.%s(list[%d], %s);\n"
        .formatted(
            instruction.resultKind().orElseThrow().mixed().write(),
            instruction.listed().index(ListedInstruction.RESULT),
            value);
  }
}
