package hospes.engine.processor;

import hospes.engine.OperandKind.Form;
import hospes.engine.processor.InstructionModel.Parameter;
import hospes.engine.processor.InstructionModel.Result;

/// Cases for instructions that are words, with all operands in the packed form.
record PackedCases(ArchitectureModel model) implements LoopCases {
  @Override
  public String here() {
    return "base + 2L * index";
  }

  @Override
  public String length() {
    return "(int) (instruction >>> 9) & 3";
  }

  @Override
  public String declarations() {
    return "";
  }

  @Override
  public String turnOver() {
    return "";
  }

  @Override
  public String called() {
    return "int operation, long instruction";
  }

  @Override
  public String outside() {
    return """
    core.pc = base + 2L * index;
    core.nextPc = core.pc + (instruction >>> 8 & 6);
    core.remaining = remaining;
    if (call(core, (int) instruction & Decoder.OPERATION, instruction)) {
      if (core.trap == null) {
        core.pc = core.nextPc;
      }
      return;
    }
    remaining = core.remaining;
    index += (int) (instruction >>> 9) & 3;
    continue;
    """;
  }

  @Override
  public String branch() {
    return """
    index += (int) (instruction >> 33);
    if ((index & -2048) == 0) {
      if ((int) (instruction >> 33) < 0 && ++heat[index] == threshold) {
        core.warm(page, base + 2L * index);
      }
      continue;
    }
    next = base + 2L * index;
    """;
  }

  @Override
  public String inLoop(InstructionModel instruction) {
    String value = Expressions.spliced(instruction, here());
    StringBuilder body = new StringBuilder();
    if (instruction.effects().loads() || instruction.effects().stores()) {
      body.append("core.remaining = remaining;\n");
    }
    switch (instruction.result()) {
      case BRANCH -> body.append("if (%s) {\n  break branch;\n}\n".formatted(value));
      case JUMP -> {
        body.append("next = ").append(value).append(";\n");
        if (instruction.parameters().stream().anyMatch(PackedCases::isRegister)) {
          body.append("core.jumped(index, next);\n");
        }
        if (instruction.resultKind().isPresent()) {
          body.append(Expressions.store(instruction, here() + " + (instruction >>> 8 & 6)"))
              .append(";\n");
        }
        body.append("break jump;\n");
      }
      case NOTHING, VALUE -> {
        body.append(
                instruction.result() == Result.VALUE
                    ? Expressions.store(instruction, value)
                    : value)
            .append(";\n");
        if (instruction.effects().stores()) {
          // A device may have asked for the loop to be left (Core.leave).
          body.append("remaining = core.remaining;\n");
        }
      }
      case VALUE_BRANCH, TRAP ->
          throw new IllegalStateException("not in the loop: " + instruction.call());
    }
    return body.toString();
  }

  private static boolean isRegister(Parameter parameter) {
    return parameter instanceof Parameter.Value value && value.kind().form() == Form.REGISTER;
  }
}
